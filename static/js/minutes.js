// Minutes that several people write at once: saved by themselves while somebody types, never over somebody else's text,
// and kept on this device as long as they could not be saved. Without this script each form has its button.
const box = document.getElementById("minutes");
const presence = document.getElementById("minutes-presence");
const says = box.dataset;
const LONGEST = Number(says.longest);
const PAUSE = 2_500; // after the last key
const RETRY = [3_000, 10_000, 30_000]; // while there is no connection
const OLDEST = 14 * 24 * 3600_000;
const PREFIX = `minutes:${says.person}:`;

const { htmlToMarks, insert, putMark } = await import(says.marks);
const windows = new BroadcastChannel("session-end");

// --- What this device keeps -------------------------------------------------------------------------------------------

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

function forget(key) {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // where nothing can be kept there is nothing to forget
  }
}

function forgetOld() {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith("minutes:"))) {
    const at = JSON.parse(localStorage.getItem(name) ?? "{}")?.at ?? 0;
    if (Date.now() - at > OLDEST) localStorage.removeItem(name);
  }
}

// --- One form: an item, or the meeting as a whole ---------------------------------------------------------------------

class Part {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.autosave;
    this.state = form.querySelector("[data-state]");
    this.version = form.elements.version;
    this.fields = [...form.elements].filter((one) => one.name && !/csrf_token$|^version$/.test(one.name));
    this.texts = this.fields.filter((one) => !this.isOfTask(one.name));
    this.failures = 0;
    this.saved = this.sum(this.texts);
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.submitted(event));
  }

  isOfTask(name) {
    return /-task_\w+$/.test(name);
  }

  get values() {
    return Object.fromEntries(this.fields.map((one) => [one.name, one.value]));
  }

  sum(fields) {
    return JSON.stringify(fields.map((one) => one.value));
  }

  get isChanged() {
    return this.sum(this.texts) !== this.saved;
  }

  get hasTask() {
    return this.fields.some((one) => one.name.endsWith("-task_text") && one.value.trim());
  }

  tell(text, isError = false) {
    this.state.textContent = text;
    this.state.className = isError ? "error" : "meta";
  }

  changed() {
    this.keepsNothing = !this.keep();
    if (this.conflict) return;
    if (this.isTooLong) return this.tell(says.long, true);
    this.tell(says.unsaved);
    this.schedule(PAUSE);
  }

  get isTooLong() {
    return this.texts.some((one) => one.value.length > LONGEST);
  }

  keep() {
    if (!this.isChanged && !this.hasTask) {
      forget(this.key);
      return true;
    }
    try {
      const found = { at: Date.now(), version: this.version.value, values: this.values };
      localStorage.setItem(PREFIX + this.key, JSON.stringify(found));
      return true;
    } catch {
      return false;
    }
  }

  restore() {
    const found = kept(this.key);
    if (!found?.values) return;
    for (const one of this.fields) one.value = found.values[one.name] ?? one.value;
    if (!this.isChanged && !this.hasTask) return forget(this.key);
    this.version.value = found.version; // what was being looked at then; what others saved since is not overwritten
    this.tell(says.restored);
    if (this.isChanged) this.schedule(0);
  }

  schedule(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  hurry() {
    if (this.isChanged && !this.conflict) this.schedule(0);
  }

  submitted(event) {
    event.preventDefault();
    if (!this.conflict) this.save(true);
  }

  async save(isAsked = false) {
    clearTimeout(this.timer);
    const withTask = isAsked && this.hasTask;
    if (this.isSaving) return this.schedule(500);
    if (this.isTooLong || this.conflict || (!isAsked && !this.isChanged)) return;
    this.isSaving = true;
    this.tell(says.saving);
    const sent = this.sum(this.texts);
    const answer = await this.send(withTask);
    this.isSaving = false;
    await this.take(answer, sent);
  }

  body(withTask) {
    const data = new FormData(this.form);
    for (const name of [...data.keys()]) if (!withTask && this.isOfTask(name)) data.delete(name);
    return data;
  }

  async send(withTask) {
    let answer = await this.post(withTask);
    if (answer?.status === 400 && (await this.renewToken())) answer = await this.post(withTask);
    return answer;
  }

  post(withTask) {
    const headers = { Accept: "application/json" };
    return fetch(this.form.action, { method: "POST", headers, body: this.body(withTask) }).catch(() => null);
  }

  // The page was open while somebody signed in anew: its tokens belong to the session before.
  async renewToken() {
    const answer = await fetch(says.tokenAddress, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return false;
    const { token } = await answer.json();
    for (const one of document.querySelectorAll("input[name$=csrf_token]")) one.value = token;
    return true;
  }

  async take(answer, sent) {
    const told = await answer?.json().catch(() => null);
    this.clearErrors();
    if (answer?.ok && told) return this.took(told, sent);
    if (answer?.status === 409 && told?.theirs) return this.quarrel(told);
    if (answer?.status === 422 && told) return this.refused(told);
    if (answer?.status === 409 && told) return this.tell(told.says, true);
    if (answer?.status === 413) return this.tell(says.long, true);
    if (answer?.status === 401 || answer?.status === 403) return this.tell(says.signedOut, true);
    this.tell(answer ? says.broken : this.keepsNothing ? says.forgetful : says.offline, true);
    this.schedule(RETRY[Math.min(this.failures++, RETRY.length - 1)]);
  }

  took(told, sent) {
    this.failures = 0;
    this.version.value = told.version;
    this.saved = sent;
    if (presence && told.presence && presence.textContent !== told.presence) presence.textContent = told.presence;
    if (told.seconds) windows.postMessage(Date.now() + told.seconds * 1000);
    if (told.task) this.addTask(told.task);
    this.keep();
    if (this.isChanged) return this.schedule(PAUSE);
    this.tell(told.says);
  }

  addTask(task) {
    for (const one of this.fields) if (this.isOfTask(one.name)) one.value = "";
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = task.url;
    link.textContent = task.text;
    link.dir = "auto";
    line.append(link);
    this.form.parentElement.querySelector("[data-tasks]").append(line);
  }

  refused(told) {
    this.tell(told.says, true);
    for (const [name, message] of Object.entries(told.errors)) {
      const field = this.form.elements[name];
      if (!field) continue;
      const line = document.createElement("p");
      line.className = "error";
      line.id = `${field.id}-error`;
      line.textContent = message;
      field.before(line);
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-errormessage", line.id);
      field.closest("details")?.setAttribute("open", "");
    }
  }

  clearErrors() {
    for (const field of this.form.querySelectorAll("[aria-invalid]")) {
      document.getElementById(`${field.id}-error`)?.remove();
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-errormessage");
    }
  }

  // --- Somebody else has saved meanwhile -----------------------------------------------------------------------------

  quarrel(told) {
    this.tell(told.says, true);
    this.conflict = document.getElementById("minutes-conflict").content.firstElementChild.cloneNode(true);
    const by = this.conflict.querySelector("[data-by]");
    by.textContent = told.by;
    by.hidden = !told.by;
    const differing = this.texts.filter((one) => one.name in told.theirs && !isSame(one.value, told.theirs[one.name]));
    for (const one of differing) this.conflict.querySelector("[data-theirs]").append(...described(one, told.theirs[one.name]));
    for (const button of this.conflict.querySelectorAll("[data-take]")) {
      button.addEventListener("click", () => this.settle(button.dataset.take, told, differing));
    }
    this.form.append(this.conflict);
  }

  settle(choice, told, differing) {
    for (const one of differing) {
      const theirs = told.theirs[one.name];
      if (choice === "theirs") one.value = theirs;
      else if (choice === "both" && one.nodeName === "TEXTAREA" && theirs) one.value = [one.value, theirs].filter(Boolean).join("\n\n");
    }
    this.version.value = told.version;
    this.conflict.remove();
    this.conflict = null;
    if (choice === "theirs") this.saved = this.sum(this.texts);
    this.keep();
    differing[0]?.focus();
    this.save(true);
  }
}

function isSame(mine, theirs) {
  return mine.replaceAll("\r\n", "\n").trimEnd() === (theirs ?? "").replaceAll("\r\n", "\n").trimEnd();
}

function described(field, theirs) {
  const label = document.createElement("dt");
  const text = document.createElement("dd");
  label.textContent = field.labels[0]?.firstChild?.textContent ?? field.name;
  const options = [...(field.options ?? [])];
  text.textContent = (options.find((one) => one.value === theirs)?.textContent ?? theirs) || "–";
  text.dir = "auto";
  text.style.whiteSpace = "pre-wrap";
  return [label, text];
}

// --- Marks and what is pasted -----------------------------------------------------------------------------------------

function addTools(field) {
  const tools = document.getElementById("minutes-tools").content.firstElementChild.cloneNode(true);
  for (const button of tools.querySelectorAll("[data-mark]")) {
    button.addEventListener("click", () => putMark(field, button.dataset.mark));
  }
  field.before(tools);
}

function watchPaste(field) {
  const notice = document.createElement("p");
  notice.className = "error";
  notice.setAttribute("role", "alert");
  field.before(notice);
  field.addEventListener("input", () => (notice.textContent = ""));
  field.addEventListener("paste", (event) => pasted(event, field, notice));
}

function pasted(event, field, notice) {
  const html = event.clipboardData?.getData("text/html");
  const text = html ? htmlToMarks(html) : event.clipboardData?.getData("text/plain") ?? "";
  if (field.value.length + text.length > LONGEST) {
    event.preventDefault();
    notice.textContent = says.long; // what is told about saving stays where it is
  } else if (html) {
    event.preventDefault();
    insert(field, text);
  }
}

// --- All of them ------------------------------------------------------------------------------------------------------

const parts = [...box.querySelectorAll("form[data-autosave]")].map((form) => new Part(form));
for (const part of parts) {
  for (const field of part.texts.filter((one) => one.nodeName === "TEXTAREA")) {
    if (field.name.endsWith("-discussion")) addTools(field);
    watchPaste(field);
  }
  for (const field of part.texts.filter((one) => one.inputMode === "numeric")) {
    field.addEventListener("focus", () => field.select()); // a 5 typed before the 0 would be 50 votes
  }
  part.restore();
}
try {
  forgetOld();
} catch {
  // a browser that keeps nothing
}
const hurry = () => parts.forEach((part) => part.hurry());
addEventListener("online", hurry);
addEventListener("focus", hurry); // somebody may have signed in again in another window
document.addEventListener("visibilitychange", () => document.hidden || hurry());
addEventListener("pagehide", () => parts.forEach((part) => part.keep()));
addEventListener("beforeunload", (event) => {
  if (parts.some((part) => part.keepsNothing && part.isChanged)) event.preventDefault();
});
box.dataset.ready = "yes";
