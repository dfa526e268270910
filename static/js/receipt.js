// Two small helps; both pages work without them.
// A QR code leads to .../receipt#CODE: the part after # stays in the browser. Put it into the field and out of sight.
const field = document.getElementById("code");
const carried = location.hash.slice(1);
if (field && /^[0-9A-Za-z-]{12,20}$/.test(carried)) {
  field.value = carried;
  history.replaceState(null, "", location.pathname + location.search);
  field.focus();
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
