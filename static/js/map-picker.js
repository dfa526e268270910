// A point for an idea, chosen on a map by pointer or by keyboard. The form works without it, by street and by list.
const picker = document.querySelector("[data-picker]");
const box = picker.querySelector(".map");
const status = picker.querySelector("[data-told]");
const [open, remove, middle] = ["open", "remove", "middle"].map((name) => picker.querySelector(`[data-${name}]`));
const fields = ["latitude", "longitude"].map((name) => document.getElementById(name));
const DIGITS = 4; // as places.py keeps it
let base, at, pin;

picker.hidden = false;
remove.hidden = !fields[0].value;
open.addEventListener("click", show);
remove.addEventListener("click", () => {
  fields.forEach((field) => (field.value = ""));
  pin?.remove();
  remove.hidden = true;
  status.textContent = box.dataset.removed;
  (at ? box : open).focus();
});
middle.addEventListener("click", () => choose(at.map.getCenter()));

async function show() {
  open.disabled = true;
  try {
    base = await import(box.dataset.base);
    at = await base.openMap(box);
  } catch {
    open.disabled = false;
    box.hidden = true;
    status.textContent = box.dataset.failed;
    return;
  }
  open.hidden = true;
  picker.querySelectorAll("[data-help]").forEach((help) => (help.hidden = false));
  const [latitude, longitude] = fields.map((field) => Number(field.value.replace(",", ".")));
  if (fields[0].value && Number.isFinite(latitude + longitude)) {
    mark(latitude, longitude);
    at.map.setView([latitude, longitude], 16, { animate: false });
  }
  box.classList.add("chooses");
  at.map.on("click", (event) => choose(event.latlng));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== box) return;
    event.preventDefault(); // Enter would send the form
    choose(at.map.getCenter());
  });
  box.focus({ preventScroll: true });
}

function choose({ lat, lng }) {
  const [latitude, longitude] = [lat, lng].map((number) => Number(number.toFixed(DIGITS)));
  const area = base.areaAt(at.outlines, latitude, longitude);
  if (at.outlines.length && !area) {
    status.textContent = box.dataset.outside;
    return;
  }
  [latitude, longitude].forEach((number, index) => (fields[index].value = number.toFixed(DIGITS)));
  mark(latitude, longitude);
  remove.hidden = false;
  const sentence = area ? box.dataset.chosenIn : box.dataset.chosen;
  const written = (number) => number.toLocaleString(document.documentElement.lang, { minimumFractionDigits: DIGITS });
  status.textContent = base.say(sentence, { latitude: written(latitude), longitude: written(longitude), area: area?.name });
}

function mark(latitude, longitude) {
  pin?.remove();
  const icon = at.L.divIcon({ className: "map-spot", iconSize: [32, 32] });
  pin = at.L.marker([latitude, longitude], { icon, interactive: false, keyboard: false }).addTo(at.map);
}
