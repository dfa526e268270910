// The map of ideas. The page is a list that works without it; nothing is loaded before the button is pressed.
const part = document.getElementById("ideas-map");
const button = part.querySelector("button");
const box = part.querySelector(".map");
const status = part.querySelector("[role=status]");
const WIDEST = 64; // of a number on the map, in pixels
const shown = new Map(); // what stands on the map, by key
let base;

button.hidden = false;
button.addEventListener("click", open);

async function open() {
  button.disabled = true;
  try {
    base = await import(box.dataset.base);
    const opened = await base.openMap(box);
    button.parentElement.hidden = true;
    await begin(opened);
    box.focus({ preventScroll: true });
  } catch {
    button.disabled = false;
    box.hidden = true;
    status.textContent = box.dataset.failed;
  }
}

async function begin({ L, map, isKnown }) {
  const focus = box.dataset.focus?.split(",").map(Number);
  if (focus) map.setView(focus, 16, { animate: false });
  else if (!isKnown) {
    const { ideas, groups } = await points(null);
    const places = [...ideas, ...groups].map((one) => one.at);
    if (places.length) map.fitBounds(L.latLngBounds(places).pad(0.1), { animate: false, maxZoom: 16 });
  }
  map.on("moveend", () => look(L, map));
  await look(L, map);
}

function points(bounds) {
  const address = new URL(box.dataset.points, location);
  address.search = location.search;
  if (bounds) address.searchParams.set("box", bounds.toBBoxString());
  address.searchParams.set("cells", Math.round(box.clientWidth / WIDEST));
  return base.json(address);
}

let asked = 0;
async function look(L, map) {
  const turn = ++asked;
  const found = await points(map.getBounds()).catch(() => null);
  if (turn !== asked) return; // the map was moved on meanwhile
  if (!found) {
    status.textContent = box.dataset.failed;
    return;
  }
  status.textContent = base.say(box.dataset.number, { number: found.total.toLocaleString(document.documentElement.lang) });
  const wanted = new Map([...spots(found.ideas), ...found.groups.map((one) => [`g${one.key}`, one])]);
  for (const [key, marker] of shown) {
    if (!wanted.has(key) && !isInUse(marker)) {
      marker.remove();
      shown.delete(key);
    }
  }
  for (const [key, one] of wanted) {
    if (!shown.has(key)) shown.set(key, one.number ? group(L, map, one) : spot(L, map, one));
  }
}

// Ideas at the very same place share one marker.
function spots(ideas) {
  const places = new Map();
  for (const idea of ideas) {
    const key = `i${idea.at}`;
    if (!places.has(key)) places.set(key, { at: idea.at, ideas: [] });
    places.get(key).ideas.push(idea);
  }
  for (const [key, one] of [...places]) {
    places.delete(key);
    places.set(`${key}:${one.ideas.length}`, one);
  }
  return places;
}

function isInUse(marker) {
  return marker.isPopupOpen() || marker.getElement()?.contains(document.activeElement);
}

function group(L, map, { at, number }) {
  const written = number.toLocaleString(document.documentElement.lang);
  const marker = pin(L, map, at, "map-group", written, base.say(box.dataset.group, { number: written }));
  marker.on("click", () => {
    box.focus({ preventScroll: true }); // the number is gone when the map looks closer
    map.setView(at, Math.min(map.getZoom() + 2, map.getMaxZoom()));
  });
  return marker;
}

function spot(L, map, { at, ideas }) {
  const names = ideas.map((idea) => idea.title).join(", ");
  const marker = pin(L, map, at, "map-spot", ideas.length > 1 ? String(ideas.length) : "", names);
  const list = document.createElement("ul");
  for (const idea of ideas) {
    const link = document.createElement("a");
    Object.assign(link, { href: box.dataset.idea + idea.id, textContent: idea.title, lang: idea.lang, dir: idea.dir });
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  marker.bindPopup(list, { autoPanPadding: [20, 20], minWidth: 120, maxWidth: 240, maxHeight: 200 });
  marker.on("popupopen", ({ popup }) => {
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close.ariaLabel = box.dataset.close;
    list.querySelector("a").focus({ preventScroll: true });
  });
  marker.on("popupclose", () => {
    if (box.contains(document.activeElement) || document.activeElement === document.body) marker.getElement()?.focus();
  });
  return marker;
}

function pin(L, map, at, kind, words, label) {
  const html = document.createElement("span");
  html.textContent = words;
  const icon = L.divIcon({ className: kind, html, iconSize: [32, 32] });
  const marker = L.marker(at, { icon, keyboard: true, riseOnHover: true, autoPanOnFocus: true }).addTo(map);
  marker.getElement().ariaLabel = label;
  return marker;
}
