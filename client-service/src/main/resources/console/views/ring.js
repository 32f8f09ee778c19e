// @ts-check
import { html, svg, say, mark, span } from "../dom.js";
import { millisOf } from "../cluster.js";
import { TokenMotion } from "./token.js";
import { drawWrite, WriteLights } from "./write-path.js";

/** @typedef {import("../cluster.js").State} State @typedef {import("../cluster.js").Moment} Moment */

export const title = "Ring";

const RADIUS = 214;
const TRACK = 282;
const STORES = [[0, -74], [-76, 46], [76, 46]];
const NOTABLE = ["suspected", "claimed", "fenced"];
const NOTABLE_SHOWN = 6;

/** @type {import("../cluster.js").Cluster} */ let cluster;
/** @type {(() => void)[]} */ let ends = [];
/** @type {Record<string, HTMLElement | SVGElement>} */ let parts = {};
/** @type {TokenMotion} */ let token;
/** @type {WriteLights} */ let lights;
/** Nodes that the token went past, or that a peer gives no answer to. @type {Map<string, "skipped" | "suspected">} */ let marks;
/** @type {Moment[]} */ let notable;
let layout = "";
let epoch = -1;
/** Whether slow motion was asked for; only where the lab is. */
let motion = false;

/** @param {HTMLElement} element @param {import("../cluster.js").Cluster} shared */
export function mount(element, shared) {
  cluster = shared;
  layout = "";
  epoch = -1;
  motion = false;
  marks = new Map();
  notable = [];
  parts = {
    tokenDot: svg("g", { class: "token" }, svg("circle", { r: 17, class: "halo" }), svg("circle", { r: 9 })),
    motion: html("div", { hidden: true }),
    track: svg("circle", { class: "track", r: TRACK }),
    nodes: svg("g"), stores: svg("g"), write: svg("g", { class: "write" }),
    facts: html("dl", { class: "facts" }), vector: html("ol", { class: "vector", "aria-label": "Slots of the token" }),
    steps: html("ol", { class: "steps" }), notes: html("ul", { class: "notes" }),
    syncs: html("tbody"), storeRows: html("tbody"),
  };
  parts.picture = svg("svg", { viewBox: "-306 -306 612 612", role: "img", class: "picture", "aria-label": "The ring" },
    parts.track, parts.write, parts.nodes, parts.stores, parts.tokenDot);
  element.append(
    html("div", { class: "ring-grid" },
      html("section", { class: "panel stage", "aria-labelledby": "ring-h" }, html("h2", { id: "ring-h" }, "Ring and store"), parts.picture),
      html("div", { class: "side" }, parts.motion,
        html("section", { class: "panel", "aria-labelledby": "token-h" }, html("h2", { id: "token-h" }, "Token"), parts.facts,
          html("h3", {}, "Who waits, and since when"), parts.vector),
        html("section", { class: "panel", "aria-labelledby": "write-h" }, html("h2", { id: "write-h" }, "Last write"), parts.steps),
        html("section", { class: "panel", "aria-labelledby": "notes-h" }, html("h2", { id: "notes-h" }, "Suspicions and epochs"), parts.notes))),
    html("div", { class: "ring-tables" },
      tablePanel("Sync nodes", ["Node", "Status", "Phase", "Slot", "Queue", "Oldest"], parts.syncs),
      tablePanel("Store nodes", ["Node", "Status", "Role", "Term", "Commit", "Lag"], parts.storeRows)));
  token = new TokenMotion(parts.tokenDot, TRACK, (rate) => parts.track.classList.toggle("fast", rate > 50));
  lights = new WriteLights((moment) => cluster.state && drawWrite(parts.write, parts.steps, moment, place, cluster.state));
  for (const list of [parts.notes, parts.steps]) list.append(html("li", { class: "soft" }, "None seen since this page was opened."));
  ends = [cluster.on("state", show), cluster.on("moments", note), () => token.stop()];
  note(cluster.moments.slice(-400));
  if (cluster.state) show(cluster.state);
}

export function unmount() {
  for (const end of ends) end();
}

/** @param {string} name @param {string[]} columns @param {HTMLElement | SVGElement} rows */
function tablePanel(name, columns, rows) {
  const id = name.toLowerCase().replace(" ", "-");
  return html("div", { class: "panel" }, html("h2", { id }, name),
    html("div", { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": id },
      html("table", {}, html("thead", {}, html("tr", {}, ...columns.map((column) => html("th", { scope: "col" }, column)))), rows)));
}

/** Where a node stands in the picture. @param {string} id @returns {[number, number] | null} */
function place(id) {
  const state = cluster.state;
  const sync = state?.ring.nodes.find((node) => node.id === id);
  if (state && sync) {
    const angle = (2 * Math.PI * sync.index) / state.ring.nodes.length - Math.PI / 2;
    return [RADIUS * Math.cos(angle), RADIUS * Math.sin(angle)];
  }
  const store = state?.store.findIndex((node) => node.id === id) ?? -1;
  return store < 0 ? null : /** @type {[number, number]} */ (STORES[store % STORES.length]);
}

/** @param {Moment[]} moments */
function note(moments) {
  for (const moment of moments) {
    if (moment.event === "passed" && moment.to) markPassed(moment.node, moment.to);
    if (moment.event === "suspected" && moment.to && !marks.has(moment.to)) marks.set(moment.to, "suspected");
    if (moment.event === "written" && moment.store) lights.written(moment);
    if (NOTABLE.includes(moment.event)) notable = [moment, ...notable].slice(0, NOTABLE_SHOWN);
  }
  if (moments.some((moment) => NOTABLE.includes(moment.event))) {
    parts.notes.replaceChildren(...notable.map((moment) => html("li", {},
      html("time", { class: "soft mono", datetime: moment.at }, moment.at.slice(11, 23)), " ", sentence(moment))));
  }
}

/** @param {Moment} moment */
export function sentence(moment) {
  switch (moment.event) {
    case "suspected": return `${moment.node} got no answer from ${moment.to}`;
    case "claimed": return `${moment.node} opened epoch ${moment.epoch}${moment.reason ? `: ${moment.reason}` : ""}`;
    case "fenced": return `${moment.node} was fenced off at ${moment.epoch}.${moment.hop}${moment.reason ? `: ${moment.reason}` : ""}`;
    case "written": return `${moment.node} wrote ${moment.size} under ${moment.epoch}.${moment.hop}, ${moment.store ?? "the store"} answered`;
    default: return `${moment.node} ${moment.event}${moment.to ? ` to ${moment.to}` : ""} ${moment.epoch}.${moment.hop}`;
  }
}

/** Whoever stands between two that pass the token on was skipped. @param {string} from @param {string} to */
function markPassed(from, to) {
  const ids = cluster.state?.ring.nodes.map((node) => node.id) ?? [];
  marks.delete(to);
  marks.delete(from);
  const start = ids.indexOf(from);
  const end = ids.indexOf(to);
  if (start < 0 || end < 0) return;
  for (let at = (start + 1) % ids.length; at !== end; at = (at + 1) % ids.length) marks.set(ids[at], "skipped");
}

/** @param {HTMLElement | SVGElement} place */
async function showMotion(place) {
  motion = true;
  const { mountMotion } = await import("./motion.js");
  if (place instanceof HTMLElement && place.isConnected) {
    place.hidden = false;
    ends.push(mountMotion(place));
  }
}

/** @param {State} state */
function show(state) {
  const { ring, store } = state;
  if (state.lab && !motion) showMotion(parts.motion);
  const wanted = [...ring.nodes, ...store].map((node) => node.id).join();
  if (wanted !== layout) {
    layout = wanted;
    parts.nodes.replaceChildren(...ring.nodes.map(syncShape));
    parts.stores.replaceChildren(...store.map(storeShape));
  }
  ring.nodes.forEach((node, index) => showSync(parts.nodes.children[index], node, ring));
  store.forEach((node, index) => showStore(parts.stores.children[index], node));
  token.sampled(ring.hop, ring.nodes.length);
  if (epoch >= 0 && ring.epoch !== epoch) parts.track.animate([{ stroke: "var(--wait)", strokeWidth: "8" }, {}], 1_500);
  epoch = ring.epoch;
  showFacts(state);
  parts.syncs.replaceChildren(...ring.nodes.map((node) => row([node.id, badge(node.status), word(node), slot(ring.vector[node.index]), node.queue,
    node.oldest === null ? null : span(Math.max(0, Date.now() - millisOf(node.oldest)))])));
  parts.storeRows.replaceChildren(...store.map((node) =>
    row([node.id, badge(node.status), node.role.toLowerCase(), node.term, node.commit, node.lag])));
}

/** @param {(string | number | Node | null)[]} cells */
const row = (cells) => html("tr", {}, ...cells.map((cell, column) => column === 0 ? html("th", { scope: "row" }, cell) : html("td", {}, cell ?? "–")));

/** @param {string} status */
const badge = (status) => html("span", { class: `badge ${status === "UP" ? "write" : "down"}` }, { UP: "up", DOWN: "down" }[status] ?? "silent");

/** @param {?number | undefined} timestamp */
const slot = (timestamp) => (typeof timestamp === "number" && timestamp > 0 ? new Date(millisOf(timestamp)).toISOString().slice(11, 23) : "–");

/** What a node is doing, in one word. @param {import("../cluster.js").SyncNode} node */
function word(node) {
  const marked = marks.get(node.id);
  if (node.status === "UP") return marked === "suspected" ? "suspected" : node.blocked ? "blocked" : (node.phase ?? "").toLowerCase();
  return marked === "skipped" ? "skipped" : node.status === "DOWN" ? "down" : "silent";
}

/** @param {import("../cluster.js").SyncNode} node */
function syncShape(node) {
  const [x, y] = place(node.id) ?? [0, 0];
  const [dx, dy] = [x * (TRACK / RADIUS - 1), y * (TRACK / RADIUS - 1)];
  const scale = (cluster.state?.ring.nodes.length ?? 0) > 7 ? .86 : 1;
  return svg("g", { class: "sync", transform: `translate(${x} ${y}) scale(${scale})`, "data-node": node.id },
    svg("line", { class: "dock", x1: dx * .62 / scale, y1: dy * .62 / scale, x2: dx / scale, y2: dy / scale }),
    svg("circle", { r: 40 }), svg("text", { y: -3, class: "name" }, node.id), svg("text", { y: 15, class: "word" }),
    svg("g", { class: "queue", transform: "translate(30 -30)" }, svg("rect", { x: -17, y: -12, width: 34, height: 24, rx: 12 }), svg("text", { y: 5 })));
}

/** @param {Element} shape @param {import("../cluster.js").SyncNode} node @param {import("../cluster.js").Ring} ring */
function showSync(shape, node, ring) {
  mark(shape, "data-status", node.status);
  mark(shape, "data-mark", node.status === "UP" ? (marks.get(node.id) === "suspected" ? "suspected" : null) : (marks.get(node.id) ?? null));
  mark(shape, "data-phase", node.phase);
  mark(shape, "data-holder", node.id === ring.holder ? "true" : null);
  say(shape.children[3], word(node));
  mark(shape.children[4], "hidden", node.queue ? null : "");
  say(shape.children[4].children[1], node.queue && node.queue > 999 ? `${Math.round(node.queue / 1_000)}k` : String(node.queue ?? ""));
}

/** @param {import("../cluster.js").StoreNode} node */
function storeShape(node) {
  const [x, y] = place(node.id) ?? [0, 0];
  return svg("g", { class: "store", transform: `translate(${x} ${y})`, "data-node": node.id },
    svg("rect", { x: -70, y: -38, width: 140, height: 76, rx: 10 }),
    svg("text", { y: -16, class: "name" }, node.id), svg("text", { y: 5, class: "word" }), svg("text", { y: 25, class: "word" }));
}

/** @param {Element} shape @param {import("../cluster.js").StoreNode} node */
function showStore(shape, node) {
  mark(shape, "data-status", node.status);
  mark(shape, "data-role", node.role);
  const up = node.status === "UP";
  say(shape.children[2], up ? `${node.role.toLowerCase()} · term ${node.term}` : node.status === "DOWN" ? "down" : "silent");
  say(shape.children[3], up ? `commit ${node.commit}${node.lag ? ` · −${node.lag}` : ""}` : "");
}

/** @param {State} state */
function showFacts({ ring, store, pending }) {
  const primary = store.find((node) => node.role === "PRIMARY")?.id ?? "none";
  const facts = [["Epoch", ring.epoch], ["Hop", ring.hop], ["Hops per second", Math.round(token.rate)], ["Last seen at", ring.holder ?? "nobody"],
    ["Primary", primary], ["Writes waiting here", pending.count]];
  parts.facts.replaceChildren(...facts.map(([name, value]) => html("div", {}, html("dt", {}, name), html("dd", {}, value))));
  parts.vector.replaceChildren(...ring.nodes.map((node) => html("li", { class: slot(ring.vector[node.index]) === "–" ? null : "waits" },
    html("span", { class: "soft" }, node.id), html("span", { class: "mono" }, slot(ring.vector[node.index])))));
  const away = ring.nodes.filter((node) => node.status !== "UP").map((node) => `${node.id} ${word(node)}`);
  mark(parts.picture, "aria-label", `Ring of ${ring.nodes.length} sync nodes in epoch ${ring.epoch}; ${away.join(", ") || "all answer"}; the store's primary is ${primary}`);
}
