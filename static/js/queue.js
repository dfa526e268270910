// Shortcuts for moderators (WCAG 2.1.4: never while somebody types, and each reader can switch them off), and a word to
// the desk now and then that somebody is still busy here.
const OFF = "moderation-shortcuts-off";
const list = document.getElementById("shortcuts");
const form = document.getElementById("page-form");
const rows = [...document.querySelectorAll("[data-row]")];
const BUSY_EVERY = 120_000;

function isOff() {
  return localStorage.getItem(OFF) !== null;
}

function showState() {
  for (const button of list.querySelectorAll("[data-shortcuts]")) button.hidden = (button.dataset.shortcuts === "off") === isOff();
}

function move(step) {
  const here = rows.findIndex((row) => row.closest("li").contains(document.activeElement));
  const there = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step];
  if (there) there.focus();
}

function tick() {
  const box = document.activeElement.closest("li")?.querySelector("[name=chosen]");
  if (box) box.checked = !box.checked;
}

function press(key) {
  const target = document.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  if (target.hash) open(target.hash);
  else target.click();
  return true;
}

// What lies in a folded part unfolds it, also without a shortcut.
function open(hash) {
  const field = document.querySelector(hash);
  field.closest("details").open = true;
  field.focus();
}

const moves = { j: () => move(1), k: () => move(-1), x: tick };

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (isTyping || event.ctrlKey || event.altKey || event.metaKey || event.repeat || isOff()) return;
  const key = event.key.toLowerCase();
  if (rows.length && moves[key]) moves[key]();
  else if (!press(key)) return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href='#rule']");
  if (!link) return;
  event.preventDefault();
  open(link.hash);
});

if (list) {
  list.hidden = false;
  showState();
  list.addEventListener("click", (event) => {
    const wanted = event.target.dataset.shortcuts;
    if (wanted === "off") localStorage.setItem(OFF, "1");
    else if (wanted === "on") localStorage.removeItem(OFF);
    else return;
    showState();
    list.querySelector(`[data-shortcuts]:not([hidden])`).focus();
  });
}

if (form?.dataset.stay) {
  let toldAt = Date.now();
  form.addEventListener("input", () => {
    if (Date.now() - toldAt < BUSY_EVERY) return;
    toldAt = Date.now();
    const token = new FormData();
    token.set("csrf_token", form.elements.csrf_token.value);
    fetch(form.dataset.stay, { method: "POST", body: token }).catch(() => null);
  });
}
