// The door on a phone with a bad network: tickets are answered from the list in memory, kept, and sent when there is a
// network. Without this script the same page works with its forms.
const box = document.getElementById("door");
const result = document.getElementById("door-result");
const unsent = document.getElementById("door-unsent");
const video = document.getElementById("door-video");
const opener = document.getElementById("door-open");
const closer = document.getElementById("door-close");
const cameraState = document.getElementById("door-camera-state");
const anyway = box.querySelector(".door-anyway");
const foreign = box.querySelector(".door-forget");
const says = box.dataset;
const GOOD = new Set(["here", "counted"]);
const SAME_TICKET = 4_000; // while a ticket is held in front of the camera it is one scan
const LOOK_AGAIN = 5 * 60_000; // others have counted meanwhile

const guests = new Map(); // by ticket; in memory only
const page = says.event ? Number(says.event) : null;
const windows = new BroadcastChannel("session-end");
let last = { ticket: "", at: 0 };
let close = null;
let listedAt = 0;

const { Queue } = await import(says.queue);
const queue = new Queue({
  address: says.scans,
  tokenAddress: says.tokenAddress,
  token: says.token,
  page,
  changed: showUnsent,
  answered,
});
box.hidden = false;

// --- What is told ---------------------------------------------------------------------------------------------------

const numbers = new Intl.NumberFormat(document.documentElement.lang);

function filled(sentence, number) {
  return sentence.replace("{number}", numbers.format(number));
}

function line(text, name = "") {
  const made = document.createElement("p");
  made.className = name;
  made.dir = "auto";
  made.textContent = text;
  return made;
}

function tell(outcome, { name = "", persons = 0, needs = [], event = "", ticket = "" } = {}) {
  const lines = [line(says[outcome] ?? outcome, "door-says")];
  if (name) lines.push(line(name));
  if (persons) lines.push(line(filled(says.persons, persons)));
  if (needs.length) lines.push(line(needs.join(" · ")));
  if (event && outcome !== "here") lines.push(line(event));
  result.className = `door-result ${GOOD.has(outcome) ? "good" : "bad"}`;
  result.replaceChildren(...lines);
  anyway.hidden = outcome !== "waiting";
  anyway.dataset.ticket = ticket;
  navigator.vibrate?.(GOOD.has(outcome) ? 80 : [60, 60, 60, 60, 60]);
}

function showUnsent() {
  const waiting = queue.all().length;
  const isOut = queue.state === "signed out";
  const text = waiting ? filled(isOut ? says.signedOut : says.unsent, waiting) : says.allSent;
  if (unsent.textContent !== text) unsent.textContent = text;
  unsent.classList.toggle("waits", waiting > 0);
  box.querySelector(".door-sign-in").hidden = !isOut || !waiting;
  foreign.hidden = !queue.hasForeign;
}

function showCounts(counts) {
  for (const [name, number] of Object.entries(counts)) {
    const place = document.querySelector(`[data-count="${name}"]`);
    place.dataset.number = number;
    place.textContent = numbers.format(number);
  }
}

// Counted here at once; the server's number replaces it when it is told.
function countHere(name, persons) {
  const place = document.querySelector(`[data-count="${name}"]`);
  if (place) showCounts({ [name]: Number(place.dataset.number) + persons });
}

// --- Tickets --------------------------------------------------------------------------------------------------------

function cleaned(text) {
  return text.slice(text.lastIndexOf("#") + 1).toUpperCase().replace(/[^0-9A-Z]/g, "");
}

function scanned(text) {
  const ticket = cleaned(text);
  const isSame = ticket === last.ticket && Date.now() - last.at < SAME_TICKET;
  last = { ticket, at: Date.now() };
  if (!isSame) check(ticket);
}

function check(ticket) {
  if (!/^[0-9A-Z]{12}$/.test(ticket)) return tell("unknown");
  const guest = guests.get(ticket);
  if (!guest) return keep({ ticket, event: page }) && tell(guests.size ? "kept" : "checking", { ticket });
  if (guest.here) return tell("already", guest);
  if (guest.state !== "expected") return tell(guest.state, guest);
  letIn(guest);
}

function letIn(guest, more = {}) {
  if (!keep({ ticket: guest.ticket, event: page, ...more })) return false;
  const persons = more.persons ?? guest.persons;
  markHere(guest);
  countHere("came", persons);
  tell("here", { ...guest, persons });
  return true;
}

function keep(scan) {
  const known = Object.fromEntries(Object.entries(scan).filter(([, value]) => value !== null && value !== ""));
  const id = queue.add(known);
  if (!id) tell("unkept");
  return id;
}

function markHere(guest) {
  guest.here = true;
  const row = document.querySelector(`[data-guest="${guest.id}"]`);
  if (!row) return;
  row.classList.add("is-here");
  row.querySelector("[data-here]").hidden = false;
  const form = row.querySelector("[data-arrive-form]");
  row.tabIndex = -1;
  if (form?.contains(document.activeElement)) row.focus({ preventScroll: true });
  form?.remove(); // the page that is loaded next offers to take it back
}

anyway.querySelector("button").addEventListener("click", () => {
  const { ticket } = anyway.dataset;
  const guest = guests.get(ticket);
  if (guest) letIn(guest, { anyway: true });
  else keep({ ticket, event: page, anyway: true });
  anyway.hidden = true;
});

foreign.querySelector("button").addEventListener("click", () => queue.forgetForeign());

// What the server says to something that was sent; what was told at once is told again only when it differs.
function answered(scan, told, all) {
  windows.postMessage(Date.now() + all.seconds * 1000); // whoever sends has done something (see session.js)
  if (all.counts && queue.all().length === 0) showCounts(all.counts);
  const guest = guests.get(scan.ticket);
  const isTold = scan.ticket ? guest && GOOD.has(told.outcome) : told.outcome === "counted";
  if (guest && told.outcome === "already") return guest.here || tell("already", guest); // another phone was faster
  if (!isTold) tell(told.outcome, { ...told, ticket: scan.ticket });
}

async function fetchGuests() {
  if (!says.tickets || Date.now() - listedAt < LOOK_AGAIN) return;
  const answer = await fetch(says.tickets, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return;
  const told = await answer.json().catch(() => null);
  if (!told) return;
  listedAt = Date.now();
  const waiting = new Set(queue.all().map((scan) => scan.ticket));
  for (const guest of told.guests) {
    guests.set(guest.ticket, guest);
    if (waiting.has(guest.ticket)) guest.here = true;
    if (guest.here && !document.querySelector(`[data-guest="${guest.id}"].is-here`)) markHere(guest);
  }
  if (!waiting.size) showCounts(told.counts);
}

// --- The list and the head count ------------------------------------------------------------------------------------

for (const place of document.querySelectorAll("[data-count]")) {
  place.dataset.number = cleaned(western(place.textContent)) || "0";
}

function western(text) {
  return text.replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660).replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const persons = Number(western(form.elements.persons?.value ?? ""));
  if (!Number.isInteger(persons) || persons < 1 || persons > 500) return; // the server says what is wrong
  if (form.matches("[data-arrive-form]")) arrive(event, form, persons);
  else if (form.matches("[data-count-form]")) count(event, form, persons);
});

function arrive(event, form, persons) {
  const guest = [...guests.values()].find((one) => one.id === form.elements.registration.value);
  if (!guest || guest.here) return; // no list yet, or a number to correct: the form goes its usual way
  if (letIn(guest, { persons, anyway: true })) event.preventDefault();
}

function count(event, form, persons) {
  if (!keep({ event: page, persons, language: form.elements.tongue.value })) return;
  event.preventDefault();
  countHere("came", persons);
  countHere("without", persons);
  tell("counted", { persons });
}

const search = document.querySelector(".door-search [name=words]");
const list = document.querySelector(".door-list");

const ALIKE = { ß: "ss", ı: "i", ł: "l", đ: "d", ё: "е", ى: "ي", ی: "ي", ک: "ك" };
const UMLAUTS = { ä: "ae", ö: "oe", ü: "ue" };

function folded(text) {
  const small = text.toLocaleLowerCase("de").normalize("NFC").replace(/[ßıłđёىیک]/g, (one) => ALIKE[one]);
  return small.normalize("NFKD").replace(/\p{M}/gu, "");
}

// Müller is found as muller and as mueller.
function foldedBothWays(text) {
  const written = text.toLocaleLowerCase("de").normalize("NFC").replace(/[äöü]/g, (one) => UMLAUTS[one]);
  return `${folded(text)} ${folded(written)}`;
}

if (search && list?.dataset.isWhole === "yes") {
  const found = document.getElementById("door-found");
  search.addEventListener("input", () => {
    const words = folded(search.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of list.children) {
      const text = foldedBothWays(row.textContent);
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    found.textContent = words.length ? filled(found.dataset.found, shown) : "";
  });
}

// --- The camera -----------------------------------------------------------------------------------------------------

opener.addEventListener("click", async () => {
  opener.disabled = true;
  last = { ticket: "", at: 0 };
  const camera = await import(says.camera).catch(() => null);
  try {
    close = await camera.open(video, says.decoder, scanned);
    cameraState.textContent = says.cameraOpen;
    opener.hidden = true;
    closer.hidden = false;
    closer.focus();
  } catch (error) {
    cameraState.textContent = camera && error instanceof camera.NoDecoder ? says.noDecoder : says.noCamera;
  }
  opener.disabled = false;
});

function closeCamera() {
  if (!close) return;
  close();
  close = null;
  cameraState.textContent = "";
  closer.hidden = true;
  opener.hidden = false;
}

closer.addEventListener("click", () => {
  closeCamera();
  opener.focus();
});
addEventListener("pagehide", closeCamera);
document.addEventListener("visibilitychange", () => document.hidden && closeCamera());
addEventListener("online", fetchGuests);
addEventListener("focus", fetchGuests);

// The QR code of a ticket leads to this page; what follows the # stays in the browser, and out of sight (V21).
const carried = cleaned(location.hash);
if (!page && carried) {
  history.replaceState(null, "", location.pathname + location.search);
  document.getElementById("ticket").value = carried;
  scanned(carried);
}

showUnsent();
await fetchGuests();
queue.send();
