// The simple marks that minutes are written with: ## heading, - item, [words](address). What is pasted from a word
// processor becomes such marks; nothing of it is ever put into this page, so nothing of it can run.
const SKIPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "OBJECT", "IFRAME", "SVG", "TITLE", "HEAD", "TEXTAREA", "SELECT"]);
const HEADINGS = { H1: "## ", H2: "## ", H3: "### ", H4: "### ", H5: "### ", H6: "### " };
const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "BLOCKQUOTE", "UL", "OL", "TABLE", "TBODY", "THEAD", "TR", "PRE", "DL", "DT", "DD"]);
const SAFE = /^(https?:\/\/|mailto:|tel:)[^\s()]+$/i;

export function htmlToMarks(html) {
  const made = new Writer();
  made.children(new DOMParser().parseFromString(html, "text/html").body);
  return made.text();
}

class Writer {
  constructor() {
    this.lines = [];
    this.line = "";
    this.mark = "";
  }

  children(node) {
    for (const child of node.childNodes) this.one(child);
  }

  one(node) {
    if (node.nodeType === Node.TEXT_NODE) this.line += node.data.replace(/[\s\u00a0]+/g, " ");
    if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.nodeName.toUpperCase())) return;
    const style = node.getAttribute("style") ?? "";
    if (/mso-list:\s*ignore|display:\s*none/i.test(style)) return; // the bullet that a word processor draws itself
    const name = node.nodeName;
    if (name === "BR") this.end();
    else if (name === "A") this.link(node);
    else if (name === "LI" || (name === "P" && /mso-list:/i.test(style))) this.block(node, "- ", false);
    else if (HEADINGS[name]) this.block(node, HEADINGS[name], true);
    else if (name === "TD" || name === "TH") this.cell(node);
    else if (BLOCKS.has(name)) this.block(node, "", name !== "TR" && name !== "DIV");
    else this.children(node);
  }

  block(node, mark, standsAlone) {
    this.end();
    if (standsAlone) this.gap();
    if (mark) this.mark = mark;
    this.children(node);
    this.end();
    this.mark = "";
    if (standsAlone) this.gap();
  }

  cell(node) {
    if (this.line.trim()) this.line += " | ";
    const [lines, mark, before] = [this.lines, this.mark, this.line];
    [this.lines, this.mark, this.line] = [[], "", ""];
    this.children(node);
    this.end();
    const inside = this.lines.filter(Boolean).join(" ");
    [this.lines, this.mark, this.line] = [lines, mark, before + inside];
  }

  link(node) {
    const address = node.getAttribute("href") ?? "";
    const words = node.textContent.replace(/[\s\u00a0]+/g, " ").replace(/[[\]]/g, "").trim();
    this.line += words && SAFE.test(address) && words !== address ? `[${words}](${address})` : words;
  }

  end() {
    const words = this.line.replace(/ +/g, " ").trim();
    if (words) {
      this.lines.push(this.mark + words);
      this.mark = ""; // what follows a line end inside a heading or an item is a line of its own
    }
    this.line = "";
  }

  gap() {
    if (this.lines.at(-1)) this.lines.push("");
  }

  text() {
    this.end();
    return this.lines.join("\n").trim();
  }
}

// --- Into the field ---------------------------------------------------------------------------------------------------

export function insert(field, text) {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function putMark(field, kind) {
  field.focus();
  if (kind === "link") return putLink(field);
  const { value, selectionStart, selectionEnd } = field;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const found = value.indexOf("\n", selectionEnd);
  const end = found < 0 ? value.length : found;
  const mark = kind === "heading" ? "## " : "- ";
  const lines = value.slice(start, end).split("\n");
  const has = lines.every((line) => line.startsWith(mark));
  field.setSelectionRange(start, end);
  const made = lines.map((line) => (has ? line.slice(mark.length) : mark + line)).join("\n");
  insert(field, made);
  field.setSelectionRange(start, start + made.length); // so that the same button takes it back
}

function putLink(field) {
  const start = field.selectionStart;
  const words = field.value.slice(start, field.selectionEnd) || "…";
  insert(field, `[${words}](https://)`);
  const address = start + words.length + 3;
  field.setSelectionRange(address, address + "https://".length);
}
