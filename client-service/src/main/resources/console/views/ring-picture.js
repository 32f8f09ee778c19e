// @ts-check
import { svg, say, mark } from "../dom.js";
import { TokenMotion } from "./token.js";
import { drawWrite, WriteLights } from "./write-path.js";

/** @typedef {import("../cluster.js").State} State @typedef {import("../cluster.js").Moment} Moment */
/** @typedef {import("../cluster.js").SyncNode} SyncNode @typedef {import("../cluster.js").StoreNode} StoreNode */

/** What the ring made of a node when the token was last offered to it, and when that was. @typedef {{as: "skipped" | "suspected" | null, epoch: number, hop: number}} Mark */

const RADIUS = 214;
const TRACK = 282;
const STORES = [[0, -92], [-82, 35], [82, 35]];
/** By how much the store makes room for the nodes of a ring of three, six or nine that stand below it. */
const LIFT = 20;

/** The ring with its token, and the store in its middle. */
export class RingPicture {
  element;

  #cluster; #token; #lights;
  #track = svg("circle", { class: "track", r: TRACK });
  #write = svg("g", { class: "write" });
  #nodes = svg("g");
  #stores = svg("g");
  #dot = svg("g", { class: "token" }, svg("circle", { r: 17, class: "halo" }), svg("circle", { r: 9 }));
  /** @type {Map<string, Mark>} */ #marks = new Map();
  /** @type {Set<string>} those that did not answer when they were last asked */ #away = new Set();
  /** @type {(() => void)[]} */ #ends;
  #layout = "";
  #epoch = -1;

  /**
   * Follows the cluster until {@link stop}.
   * @param {import("../cluster.js").Cluster} cluster
   * @param {(moment: Moment, state: State) => void} [onWrite] told of each write whose way lights up
   */
  constructor(cluster, onWrite = () => {}) {
    this.#cluster = cluster;
    this.element = svg("svg", { viewBox: "-306 -306 612 612", role: "img", class: "picture", "aria-label": "The ring" },
      this.#track, this.#write, this.#nodes, this.#stores, this.#dot);
    this.#token = new TokenMotion(this.#dot, TRACK, (rate) => this.#track.classList.toggle("fast", rate > 50));
    this.#lights = new WriteLights((moment) => {
      if (!cluster.state) return;
      drawWrite(this.#write, moment, (id) => this.#place(id), cluster.state);
      onWrite(moment, cluster.state);
    });
    this.#note(cluster.moments.slice(-400));
    if (cluster.state) this.#show(cluster.state);
    this.#ends = [cluster.on("state", (state) => this.#show(state)), cluster.on("moments", (moments) => this.#note(moments))];
  }

  stop() {
    for (const end of this.#ends) end();
    this.#token.stop();
    this.#lights.stop();
  }

  /** Hops per second. */
  get rate() {
    return this.#token.rate;
  }

  /** What a node is doing, in one word. @param {SyncNode} node */
  word(node) {
    const marked = this.#marks.get(node.id)?.as;
    if (marked) return marked;
    if (node.status === "UP") return node.blocked ? "blocked" : (node.phase ?? "").toLowerCase();
    return node.status === "DOWN" ? "down" : "silent";
  }

  /** Where a node stands. @param {string} id @returns {[number, number] | null} */
  #place(id) {
    const state = this.#cluster.state;
    const sync = state?.ring.nodes.find((node) => node.id === id);
    if (state && sync) {
      const angle = (2 * Math.PI * sync.index) / state.ring.nodes.length - Math.PI / 2;
      return [RADIUS * Math.cos(angle), RADIUS * Math.sin(angle)];
    }
    const store = state?.store.findIndex((node) => node.id === id) ?? -1;
    if (!state || store < 0) return null;
    const [x, y] = STORES[store % STORES.length];
    return [x, y - (state.ring.nodes.length % 3 === 0 ? LIFT : 0)];
  }

  /** @param {Moment[]} moments */
  #note(moments) {
    for (const moment of moments) {
      if (moment.event === "passed" && moment.to) this.#passed(moment, moment.to);
      if (moment.event === "suspected" && moment.to && !this.#marks.get(moment.to)?.as) this.#mark(moment.to, "suspected", moment);
      if (moment.event === "written" && moment.store) this.#lights.written(moment);
    }
    if (this.#layout && this.#cluster.state) this.#showMarks(this.#cluster.state);
  }

  /** Whoever stands between two that pass the token on was skipped. @param {Moment} moment @param {string} to */
  #passed(moment, to) {
    const ids = this.#cluster.state?.ring.nodes.map((node) => node.id) ?? [];
    const [start, end] = [ids.indexOf(moment.node), ids.indexOf(to)];
    if (start < 0 || end < 0) return;
    this.#mark(moment.node, null, moment);
    this.#mark(to, null, moment);
    for (let at = (start + 1) % ids.length; at !== end; at = (at + 1) % ids.length) this.#mark(ids[at], "skipped", moment);
  }

  /** Moments of several nodes come in any order: what an older one says is not believed. @param {string} id @param {Mark["as"]} as @param {Moment} moment */
  #mark(id, as, { epoch, hop }) {
    const known = this.#marks.get(id) ?? { epoch: -1, hop: -1 };
    const at = epoch === undefined || hop === undefined ? known : { epoch, hop };
    if (at.epoch > known.epoch || (at.epoch === known.epoch && at.hop >= known.hop)) this.#marks.set(id, { as, epoch: at.epoch, hop: at.hop });
  }

  /** @param {State} state */
  #show(state) {
    const { ring, store } = state;
    const wanted = [...ring.nodes, ...store].map((node) => node.id).join();
    if (wanted !== this.#layout) {
      this.#layout = wanted;
      const scale = ring.nodes.length > 7 ? .86 : 1;
      this.#nodes.replaceChildren(...ring.nodes.map((node) => syncShape(node.id, this.#place(node.id) ?? [0, 0], scale)));
      this.#stores.replaceChildren(...store.map((node) => storeShape(node.id, this.#place(node.id) ?? [0, 0])));
    }
    for (const node of ring.nodes) this.#lookAt(node);
    this.#showMarks(state);
    ring.nodes.forEach((node, index) => showSync(this.#nodes.children[index], node, ring.holder));
    store.forEach((node, index) => showStore(this.#stores.children[index], node));
    this.#token.sampled(ring.hop, ring.nodes.length);
    if (this.#epoch >= 0 && ring.epoch !== this.#epoch) this.#track.animate([{ stroke: "var(--wait)", strokeWidth: "8" }, {}], 1_500);
    this.#epoch = ring.epoch;
  }

  /** What shows as skipped: whom the token went past, and who does not answer, so that it will. @param {SyncNode} node */
  #markOf(node) {
    return this.#marks.get(node.id)?.as ?? (node.status === "UP" ? null : "skipped");
  }

  /** A node that is back was skipped while it was away, which is over. @param {SyncNode} node */
  #lookAt({ id, status }) {
    if (status !== "UP") this.#away.add(id);
    else if (this.#away.delete(id)) this.#marks.delete(id);
  }

  /** @param {State} state */
  #showMarks({ ring, store }) {
    ring.nodes.forEach((node, index) => {
      const shape = this.#nodes.children[index];
      if (!shape) return;
      mark(shape, "data-mark", this.#markOf(node));
      say(shape.children[3], this.word(node));
    });
    const out = ring.nodes.filter((node) => node.status !== "UP" || this.#marks.get(node.id)?.as).map((node) => `${node.id} ${this.word(node)}`);
    const primary = store.find((node) => node.role === "PRIMARY")?.id ?? "nobody";
    mark(this.element, "aria-label", `Ring of ${ring.nodes.length} sync nodes in epoch ${ring.epoch}; ${out.join(", ") || "all answer"}; the store's primary is ${primary}`);
  }
}

/** @param {string} id @param {[number, number]} place @param {number} scale */
function syncShape(id, [x, y], scale) {
  const [dx, dy] = [x * (TRACK / RADIUS - 1), y * (TRACK / RADIUS - 1)];
  return svg("g", { class: "sync", transform: `translate(${x} ${y}) scale(${scale})`, "data-node": id },
    svg("line", { class: "dock", x1: dx * .6, y1: dy * .6, x2: dx / scale, y2: dy / scale }),
    svg("circle", { r: 40 }), svg("text", { y: -3, class: "name" }, id), svg("text", { y: 15, class: "word" }),
    svg("g", { class: "queue", transform: `translate(${x < -1 ? -32 : 32} -35)` }, svg("rect", { x: -17, y: -12, width: 34, height: 24, rx: 12 }), svg("text", { y: 5 })));
}

/** @param {Element} shape @param {SyncNode} node @param {?string} holder */
function showSync(shape, node, holder) {
  mark(shape, "data-status", node.status);
  mark(shape, "data-phase", node.phase);
  mark(shape, "data-holder", node.id === holder ? "true" : null);
  mark(shape.children[4], "hidden", node.queue ? null : "");
  say(shape.children[4].children[1], node.queue && node.queue > 999 ? `${Math.round(node.queue / 1_000)}k` : String(node.queue ?? ""));
}

/** @param {string} id @param {[number, number]} place */
const storeShape = (id, [x, y]) => svg("g", { class: "store", transform: `translate(${x} ${y})`, "data-node": id },
  svg("rect", { x: -78, y: -38, width: 156, height: 76, rx: 10 }),
  svg("text", { y: -16, class: "name" }, id), svg("text", { y: 5, class: "word" }), svg("text", { y: 25, class: "word" }));

/** As much as there is room for. @param {StoreNode} node */
const commitOf = ({ commit, lag }) => `${(commit ?? 0) < 100_000 ? "commit " : ""}${commit}${lag ? ` · −${lag}` : ""}`;

/** @param {Element} shape @param {StoreNode} node */
function showStore(shape, node) {
  mark(shape, "data-status", node.status);
  mark(shape, "data-role", node.role);
  const up = node.status === "UP";
  say(shape.children[2], up ? `${node.role.toLowerCase()} · term ${node.term}` : node.status === "DOWN" ? "down" : "silent");
  say(shape.children[3], up ? commitOf(node) : "");
}
