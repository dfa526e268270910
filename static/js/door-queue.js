// What happened at the door and was not sent yet. It outlives a broken network, a reload and a session that ended: ids,
// tickets and times lie in this browser's storage, never a name. The server counts each id and each ticket once.
const KEY = "door-queue";
const MOST_AT_ONCE = 50;
const OLDEST = 7 * 24 * 3600_000;
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;

export class Queue {
  constructor({ address, tokenAddress, token, page, changed, answered }) {
    Object.assign(this, { address, tokenAddress, token, page, changed, answered });
    this.pause = FIRST_PAUSE;
    this.state = "";
    addEventListener("online", () => this.hurry());
    addEventListener("storage", (event) => event.key === KEY && this.changed());
    addEventListener("focus", () => this.hurry()); // somebody may have signed in again in another window
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  all() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => Date.now() - one.at < OLDEST) : [];
    } catch {
      return [];
    }
  }

  // False when this browser keeps nothing (no room, or storage switched off).
  add(scan) {
    const id = makeId();
    try {
      localStorage.setItem(KEY, JSON.stringify([...this.all(), { id, at: Date.now(), ...scan }]));
    } catch {
      return false;
    }
    this.changed();
    this.hurry();
    return id;
  }

  remove(ids) {
    localStorage.setItem(KEY, JSON.stringify(this.all().filter((one) => !ids.has(one.id))));
  }

  get hasForeign() {
    return this.all().some((one) => one.foreign);
  }

  forgetForeign() {
    this.remove(new Set(this.all().filter((one) => one.foreign).map((one) => one.id)));
    this.changed();
  }

  hurry() {
    this.pause = FIRST_PAUSE;
    this.send();
  }

  async send() {
    clearTimeout(this.timer);
    const kept = this.all().filter((one) => !one.foreign || !this.triedForeign);
    if (this.isSending || !kept.length) return this.changed();
    this.isSending = true;
    const wentWell = await this.sendSome(kept.slice(0, MOST_AT_ONCE));
    this.isSending = false;
    this.changed();
    if (wentWell) return this.send(); // until nothing is left
    if (this.state === "signed out") return; // the next scan or a look at this window tries again
    this.timer = setTimeout(() => this.send(), this.pause * (0.75 + Math.random() / 2));
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  async sendSome(scans) {
    this.state = "";
    const now = Date.now();
    const said = scans.map(({ at, foreign, ...scan }) => ({ ...scan, seconds_ago: Math.max(0, Math.round((now - at) / 1000)) }));
    const body = JSON.stringify({ scans: said, page: this.page });
    let answer = await this.post(body);
    if (answer?.status === 400 && (await this.renewToken())) answer = await this.post(body);
    if (isSignedOut(answer)) this.state = "signed out";
    if (this.state || !answer?.ok) return false;
    const told = await answer.json().catch(() => null);
    if (!told) return false;
    this.take(scans, told);
    return true;
  }

  post(body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    return fetch(this.address, { method: "POST", headers, body }).catch(() => null);
  }

  // The page was open while somebody signed in anew: its token belongs to the session before.
  async renewToken() {
    const answer = await fetch(this.tokenAddress, { cache: "no-store" }).catch(() => null);
    if (isSignedOut(answer)) this.state = "signed out";
    if (!answer?.ok) return false;
    this.token = (await answer.json()).token;
    return true;
  }

  take(scans, told) {
    const done = new Set();
    const foreign = new Set();
    scans.forEach((scan, index) => {
      const outcome = told.results[index]?.outcome;
      (outcome === "not_allowed" ? foreign : done).add(scan.id);
    });
    this.remove(done);
    if (foreign.size) {
      this.triedForeign = true;
      localStorage.setItem(KEY, JSON.stringify(this.all().map((one) => (foreign.has(one.id) ? { ...one, foreign: true } : one))));
    }
    scans.forEach((scan, index) => this.answered(scan, told.results[index] ?? { outcome: "unreadable" }, told));
  }
}

function isSignedOut(answer) {
  return answer?.status === 401 || answer?.status === 403;
}

// crypto.randomUUID exists only where the connection is safe; the door works without a camera elsewhere.
function makeId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
