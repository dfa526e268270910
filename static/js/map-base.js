// What both maps share: Leaflet is loaded when a map is opened and not before, the districts lie in the background, and
// tiles come only from a server that the city has named.
const loaded = new Map();

function load(address) {
  if (!loaded.has(address)) {
    loaded.set(address, address.includes(".css") ? style(address) : import(address));
  }
  return loaded.get(address);
}

function style(address) {
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: address, onload: done, onerror: failed });
    document.head.append(link);
  });
}

export async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

const GERMANY = [[47.3, 5.9], [55.0, 15.0]];

export async function openMap(box) {
  const told = box.dataset;
  const [outlines] = await Promise.all([json(told.outlines), load(told.leaflet), load(told.style), load(told.ourStyle)]);
  const L = window.L;
  box.hidden = false;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moves = still ? { fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, inertia: false } : {};
  const map = L.map(box, { zoomControl: false, minZoom: 4, maxZoom: 19, zoomSnap: told.tiles ? 1 : 0.25, ...moves });
  L.control.zoom({ zoomInTitle: told.zoomIn, zoomOutTitle: told.zoomOut }).addTo(map);
  map.attributionControl.setPrefix(false);
  // Leaflet listens to Escape only while the focus is on the map itself, and in an open box it is on a link.
  box.addEventListener("keydown", (event) => event.key === "Escape" && map.closePopup());
  if (told.tiles) L.tileLayer(told.tiles, { attribution: plain(told.attribution), maxZoom: 19 }).addTo(map);
  const bounds = L.latLngBounds([]);
  for (const { parts, name } of outlines) {
    const area = L.polygon(parts, { className: "map-area", interactive: false, fill: !told.tiles }).addTo(map);
    bounds.extend(area.getBounds());
    nameOf(L, map, name, area.getBounds());
  }
  map.fitBounds(bounds.isValid() ? bounds : GERMANY, { animate: false });
  return { L, map, outlines, isKnown: bounds.isValid() };
}

function plain(text) {
  const element = document.createElement("span");
  element.textContent = text ?? "";
  return element.innerHTML;
}

// The name of a district stands on the map where it has room; the list has all of them.
function nameOf(L, map, name, bounds) {
  const words = document.createElement("span");
  words.textContent = name;
  words.ariaHidden = "true";
  const icon = L.divIcon({ html: words, className: "map-name", iconSize: [0, 0] });
  const label = L.marker(bounds.getCenter(), { icon, interactive: false, keyboard: false, zIndexOffset: -10_000 });
  const look = () => {
    const width = map.latLngToContainerPoint(bounds.getNorthEast()).x - map.latLngToContainerPoint(bounds.getSouthWest()).x;
    if (width > name.length * 7) label.addTo(map);
    else label.remove();
  };
  map.on("zoomend", look);
  map.whenReady(look);
}

// The outline that a point lies in; the same rule as in districts/geometry.py.
export function areaAt(outlines, latitude, longitude) {
  const crosses = ([y1, x1], [y2, x2]) =>
    y1 > latitude !== y2 > latitude && longitude < x1 + ((latitude - y1) * (x2 - x1)) / (y2 - y1);
  const crossings = (ring) => ring.filter((one, at) => at && crosses(ring[at - 1], one)).length;
  const holds = (rings) => rings.reduce((sum, ring) => sum + crossings(ring), 0) % 2 === 1;
  return outlines.find(({ parts }) => parts.some(holds));
}

export function say(sentence, gaps) {
  return sentence.replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap);
}
