// @ts-check
import { html, named, span } from "../dom.js";
import { millisOf } from "../cluster.js";
import { RingPicture } from "./ring-picture.js";
import { whyWaiting } from "./write.js";
import { tellWrite } from "./write-path.js";

/** @typedef {import("../cluster.js").State} State @typedef {import("../cluster.js").Moment} Moment */

export const title = "Ring";

const NOTABLE = ["suspected", "claimed", "fenced"];
const NOTABLE_SHOWN = 6;
const LATE_MILLIS = 500;
const LATE_SHOWN = 3;

/** @type {(() => void)[]} */ let ends = [];
/** @type {Record<string, HTMLElement>} */ let parts = {};
/** @type {RingPicture} */ let picture;
/** @type {Moment[]} */ let notable;
/** Whether slow motion was asked for; only where the lab is. */
let motion = false;

/** @param {HTMLElement} element @param {import("../cluster.js").Cluster} cluster */
export function mount(element, cluster) {
  motion = false;
  notable = [];
  parts = {
    motion: html("div", { hidden: true }),
    facts: html("dl", { class: "facts" }), vector: html("ol", { class: "vector", "aria-label": "Slots of the token" }),
    late: html("section", { class: "panel late", hidden: true, "aria-labelledby": "late-h" }), steps: html("ol", { class: "steps" }), notes: html("ul", { class: "notes" }),
    syncs: html("tbody"), storeRows: html("tbody"),
  };
  picture = new RingPicture(cluster, (moment, state) => tellWrite(parts.steps, moment, state));
  element.append(
    html("div", { class: "ring-grid" },
      html("section", { class: "panel stage", "aria-labelledby": "ring-h" }, html("h2", { id: "ring-h" }, "Ring and store"), picture.element),
      html("div", { class: "side" }, parts.motion,
        html("section", { class: "panel", "aria-labelledby": "token-h" }, html("h2", { id: "token-h" }, "Token"), parts.facts,
          html("h3", {}, "Who waits, and since when"), parts.vector), parts.late,
        html("section", { class: "panel", "aria-labelledby": "write-h" }, html("h2", { id: "write-h" }, "Last write"), parts.steps),
        html("section", { class: "panel", "aria-labelledby": "notes-h" }, html("h2", { id: "notes-h" }, "Suspicions and epochs"), parts.notes))),
    html("div", { class: "ring-tables" },
      tablePanel("Sync nodes", ["Node", "Status", "Phase", "Slot", "Queue", "Oldest"], parts.syncs),
      tablePanel("Store nodes", ["Node", "Status", "Role", "Term", "Commit", "Lag"], parts.storeRows)));
  for (const list of [parts.notes, parts.steps]) list.append(html("li", { class: "soft" }, "None seen since this page was opened."));
  ends = [cluster.on("state", show), cluster.on("moments", note), () => picture.stop()];
  note(cluster.moments.slice(-400));
  if (cluster.state) show(cluster.state);
}

export function unmount() {
  for (const end of ends) end();
}

/** @param {string} name @param {string[]} columns @param {HTMLElement} rows */
function tablePanel(name, columns, rows) {
  const id = name.toLowerCase().replace(" ", "-");
  return html("div", { class: "panel" }, html("h2", { id }, name),
    html("div", { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": id },
      html("table", {}, html("thead", {}, html("tr", {}, ...columns.map((column) => html("th", { scope: "col" }, column)))), rows)));
}

/** @param {Moment[]} moments */
function note(moments) {
  const fresh = moments.filter((moment) => NOTABLE.includes(moment.event));
  if (fresh.length === 0) return;
  notable = [...fresh.reverse(), ...notable].slice(0, NOTABLE_SHOWN);
  parts.notes.replaceChildren(...notable.map((moment) => html("li", {},
    html("time", { class: "soft mono", datetime: moment.at }, moment.at.slice(11, 23)), " ", ...named(sentence(moment)))));
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

/** @param {HTMLElement} place */
async function showMotion(place) {
  motion = true;
  const { mountMotion } = await import("../lab/motion.js");
  if (place.isConnected) {
    place.hidden = false;
    ends.push(mountMotion(place));
  }
}

/** @param {State} state */
function show(state) {
  if (state.lab && !motion) showMotion(parts.motion);
  showFacts(state);
  showLate(state);
  const { ring, store } = state;
  parts.syncs.replaceChildren(...ring.nodes.map((node) => row([node.id, badge(node.status), picture.word(node), slot(ring.vector[node.index]), node.queue,
    node.oldest === null ? null : span(Math.max(0, Date.now() - millisOf(node.oldest)))])));
  parts.storeRows.replaceChildren(...store.map((node) =>
    row([node.id, badge(node.status), node.role.toLowerCase(), node.term, node.commit, node.lag])));
}

/** @param {(string | number | Node | null)[]} cells */
const row = (cells) => html("tr", {}, ...cells.map((cell, column) => column === 0 ? html("th", { scope: "row" }, cell) : html("td", {}, cell ?? "–")));

/** @param {string} status */
const badge = (status) => html("span", { class: `badge ${status === "UP" ? "write" : "down"}` }, { UP: "up", DOWN: "down" }[status] ?? "silent");

/** Minutes, seconds and milliseconds. @param {?number | undefined} timestamp */
const slot = (timestamp) => (typeof timestamp === "number" && timestamp > 0 ? new Date(millisOf(timestamp)).toISOString().slice(14, 23) : "–");

/** Why the writes wait that have waited long. @param {State} state */
function showLate(state) {
  const late = state.pending.oldest.filter((write) => write.waitedMillis > LATE_MILLIS);
  parts.late.hidden = late.length === 0;
  if (late.length > 0) {
    parts.late.replaceChildren(html("h2", { id: "late-h" }, "Why writes wait"), html("ul", {}, ...late.slice(0, LATE_SHOWN).map((write) => html("li", {},
      html("code", {}, write.requestId), ` for ${span(write.waitedMillis)}. `, ...named(whyWaiting(write.requestId, state))))));
  }
}

/** @param {State} state */
function showFacts({ ring, store, pending }) {
  const primary = store.find((node) => node.role === "PRIMARY")?.id ?? "none";
  const facts = [["Epoch", ring.epoch], ["Hop", ring.hop], ["Hops per second", Math.round(picture.rate)], ["Last seen at", ring.holder ?? "nobody"],
    ["Primary", primary], ["Writes waiting here", pending.count]];
  parts.facts.replaceChildren(...facts.map(([name, value]) => html("div", {}, html("dt", {}, name), html("dd", {}, value))));
  parts.vector.replaceChildren(...ring.nodes.map((node) => html("li", { class: slot(ring.vector[node.index]) === "–" ? null : "waits" },
    html("span", { class: "soft" }, node.id), html("span", { class: "mono" }, slot(ring.vector[node.index])))));
}
