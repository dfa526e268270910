// Tells staff in time that their session is about to end, and asks for more when they want it (WCAG 2.2.1).
const notice = document.getElementById("session-end");
const form = notice.querySelector("form");
const WARNING = 120_000;
const CONFIRMATION = 10_000;
let endsAt = Date.now() + notice.dataset.seconds * 1000;

function show(when) {
  for (const part of notice.children) part.hidden = part.dataset.when !== when;
}

// Whatever is done in another window of this browser keeps the session open as well.
const windows = new BroadcastChannel("session-end");
windows.onmessage = (event) => {
  if (event.data <= endsAt) return;
  endsAt = event.data;
  show("");
};
windows.postMessage(endsAt);

function look() {
  const left = endsAt - Date.now();
  if (left <= 0) show("ended");
  else if (left <= WARNING) show("ending");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const focused = notice.contains(document.activeElement);
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer || answer.status >= 500) return; // the button stays for another try
  endsAt = Date.now() + (answer.ok ? (await answer.json()).seconds * 1000 : 0);
  windows.postMessage(endsAt);
  show(answer.ok ? "renewed" : "ended");
  if (answer.ok) setTimeout(show, CONFIRMATION, "");
  if (focused) document.getElementById("content").focus({ preventScroll: true });
});

setInterval(look, 1000);
look();
