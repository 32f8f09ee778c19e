// @ts-check

/** Milliseconds since 1970 of a ring's timestamp, whose lowest 16 bits count within one. @param {number} timestamp */
export const millisOf = (timestamp) => Math.floor(timestamp / 65536);

/**
 * What the page knows of the cluster: fed by one stream of server-sent events, shared by all views.
 *
 * @typedef {{epoch: number, hop: number}} Fence
 * @typedef {{id: string, index: number, status: "UP"|"DOWN"|"SUSPECTED", phase: ?string, queue: ?number, oldest: ?number,
 *   seen: ?Fence, blocked: ?boolean}} SyncNode
 * @typedef {{size: number, epoch: number, hop: number, holder: ?string, vector: (?number)[], nodes: SyncNode[]}} Ring
 * @typedef {{id: string, status: "UP"|"DOWN"|"SUSPECTED", role: string, term: ?number, commit: ?number, applied: ?number,
 *   lag: ?number, stateHash: ?string}} StoreNode
 * @typedef {{requestId: string, node: ?string, waitedMillis: number, attempts: number}} Waiting a write this gateway has under way
 * @typedef {{count: number, oldest: Waiting[]}} Pending
 * @typedef {{at: string, lab: boolean, ring: Ring, store: StoreNode[], pending: Pending}} State
 * @typedef {{at: string, node: string, event: string, epoch?: number, hop?: number, to?: string, size?: number,
 *   store?: string, reason?: string}} Moment
 * @typedef {"connecting" | "live" | "stale"} Link
 */

const STREAM = "/v1/ring/events?state=true";
const EVENTS = ["stamped", "passed", "copied", "entered", "written", "left", "suspected", "claimed", "fenced"];
const STALE_AFTER = 2_500;
const GIVEN_UP_AFTER = 8_000;
const RETRY = [250, 500, 1_000, 2_000];
const KEPT = 6_000;

export class Cluster {
  /** The newest sample; null until the first. @type {?State} */
  state = null;
  /** The latest moments of all nodes, in the order they came. @type {Moment[]} */
  moments = [];
  /** @type {Link} */
  link = "connecting";
  /** When the newest sample came, by performance.now(). */
  heardAt = 0;

  /** @type {?EventSource} */ #source = null;
  /** @type {Record<string, Set<(what: any) => void>>} */ #listeners = { state: new Set(), moments: new Set(), link: new Set() };
  /** @type {Moment[]} */ #fresh = [];
  #tries = 0;
  #retry = 0;
  #openedAt = 0;

  /**
   * Tells of every new state, of new moments (gathered, at most once a frame), or when the link changes.
   * @param {"state" | "moments" | "link"} what @param {(what: any) => void} listener
   * @returns {() => void} ends it
   */
  on(what, listener) {
    this.#listeners[what].add(listener);
    return () => this.#listeners[what].delete(listener);
  }

  /** Keeps the stream open while the page is visible: a hidden page costs the cluster nothing. */
  start() {
    const look = () => (document.hidden ? this.#close() : this.#open());
    document.addEventListener("visibilitychange", look);
    setInterval(() => this.#check(), 500);
    look();
  }

  #open() {
    if (this.#source) return;
    clearTimeout(this.#retry);
    this.#openedAt = performance.now();
    const source = new EventSource(STREAM);
    this.#source = source;
    source.addEventListener("state", (event) => this.#take(JSON.parse(event.data)));
    for (const name of EVENTS) source.addEventListener(name, (event) => this.#note(JSON.parse(event.data)));
    source.addEventListener("error", () => this.#again());
  }

  #close() {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = null;
  }

  /** We reconnect ourselves: browsers give up on some errors, and wait long after others. */
  #again() {
    this.#close();
    if (document.hidden) return;
    this.#retry = setTimeout(() => this.#open(), RETRY[Math.min(this.#tries++, RETRY.length - 1)]);
  }

  #check() {
    const silence = performance.now() - Math.max(this.heardAt, 0);
    if (this.state && silence > STALE_AFTER) this.#become("stale");
    if (this.#source && performance.now() - Math.max(this.heardAt, this.#openedAt) > GIVEN_UP_AFTER) this.#again();
  }

  /** @param {State} state */
  #take(state) {
    this.#tries = 0;
    this.heardAt = performance.now();
    this.state = state;
    this.#become("live");
    this.#tell("state", state);
  }

  /** @param {Moment} moment */
  #note(moment) {
    this.moments.push(moment);
    if (this.moments.length > KEPT * 1.2) this.moments.splice(0, this.moments.length - KEPT);
    if (this.#fresh.push(moment) === 1) {
      requestAnimationFrame(() => {
        const fresh = this.#fresh;
        this.#fresh = [];
        this.#tell("moments", fresh);
      });
    }
  }

  /** @param {Link} link */
  #become(link) {
    if (link === this.link) return;
    this.link = link;
    this.#tell("link", link);
  }

  /** @param {string} what @param {any} news */
  #tell(what, news) {
    for (const listener of this.#listeners[what]) listener(news);
  }
}
