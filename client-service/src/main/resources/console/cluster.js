// @ts-check
import { listen, NotLetIn } from "./gateway.js";

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
 * @typedef {"connecting" | "live" | "stale" | "locked"} Link locked: the gateway asks for a token
 */

const STREAM = "/v1/ring/events?state=true";
const EVENTS = new Set(["stamped", "passed", "copied", "entered", "written", "left", "suspected", "claimed", "fenced"]);
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

  /** @type {?AbortController} */ #stream = null;
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
    document.addEventListener("visibilitychange", () => this.#look());
    setInterval(() => this.#check(), 500);
    this.#look();
  }

  /** Begins anew, with the token that is in use by now. */
  restart() {
    this.#close();
    this.#tries = 0;
    this.#become("connecting");
    this.#look();
  }

  #look() {
    if (document.hidden) this.#close();
    else this.#open();
  }

  #open() {
    if (this.#stream || this.link === "locked") return;
    clearTimeout(this.#retry);
    this.#openedAt = performance.now();
    const stream = new AbortController();
    this.#stream = stream;
    listen(STREAM, stream.signal, (event, data) => {
      if (stream === this.#stream) this.#hear(event, data);
    }).then(() => this.#ended(stream), (failed) => this.#ended(stream, failed));
  }

  /** A view that fails takes neither the stream with it nor the other views. @param {string} event @param {any} data */
  #hear(event, data) {
    try {
      if (event === "state") this.#take(data);
      else if (EVENTS.has(event)) this.#note(data);
    } catch (defect) {
      reportError(defect);
    }
  }

  #close() {
    clearTimeout(this.#retry);
    this.#stream?.abort();
    this.#stream = null;
  }

  /** @param {AbortController} stream @param {unknown} [failed] */
  #ended(stream, failed) {
    if (stream !== this.#stream) return; // we ended it
    if (failed instanceof NotLetIn) {
      this.#close();
      this.#become("locked");
    } else this.#again();
  }

  #again() {
    this.#close();
    if (document.hidden) return;
    this.#retry = setTimeout(() => this.#open(), RETRY[Math.min(this.#tries++, RETRY.length - 1)]);
  }

  #check() {
    if (this.state && this.link === "live" && performance.now() - this.heardAt > STALE_AFTER) this.#become("stale");
    if (this.#stream && performance.now() - Math.max(this.heardAt, this.#openedAt) > GIVEN_UP_AFTER) this.#again();
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
