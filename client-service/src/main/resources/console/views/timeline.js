// @ts-check
import { html, svg, say, mark, download } from "../dom.js";
import { ask } from "../gateway.js";
import { inOrder, readRecording } from "./history.js";
import { sentence } from "./ring.js";

/** @typedef {import("../cluster.js").Moment} Moment @typedef {import("./history.js").Placed} Placed */

export const title = "Timeline";

const LANE = 44;
const LEFT = 76;
const TOP = 34;
const DRAW_PAUSE = 200;

/** @type {import("../cluster.js").Cluster} */ let cluster;
/** @type {(() => void)[]} */ let ends = [];
/** @type {Record<string, any>} */ let parts = {};
/** What is shown instead of the cluster: a copy of it while paused, or a file. @type {?{nodes: string[], stores: string[], moments: Moment[], file: boolean}} */
let still = null;
/** How many moments the newest that are shown lie back. */
let back = 0;
/** @type {?{epoch: number, hop: number}} */ let fence = null;
/** How wide an event is. */
let column = 26;
let timer = 0;
let player = 0;

/** @param {HTMLElement} element @param {import("../cluster.js").Cluster} shared */
export function mount(element, shared) {
  cluster = shared;
  still = null;
  back = 0;
  fence = null;
  parts = {
    pause: html("button", { type: "button", click: pauseOrGoOn }, "Pause"),
    older: html("button", { type: "button", click: () => scroll(columns() >> 1) }, "Older"),
    newer: html("button", { type: "button", click: () => scroll(-(columns() >> 1)) }, "Newer"),
    fault: html("button", { type: "button", click: toLastFault }, "Last fault"),
    play: html("button", { type: "button", click: play }, "Replay"),
    node: html("select", { change: draw }, html("option", { value: "" }, "all nodes")),
    request: html("input", { type: "search", placeholder: "request id, or fence 1.42", change: findRequest, autocomplete: "off", spellcheck: "false" }),
    file: html("input", { type: "file", accept: ".json,application/json", change: load, class: "file" }),
    status: html("p", { class: "soft small", role: "status" }),
    problem: html("p", { class: "problem", role: "alert" }),
    detail: html("p", { class: "detail", "aria-live": "polite" }, "Point at an event, or move with the arrow keys, to read it."),
    picture: svg("svg", { class: "lamport", role: "img", "aria-label": "Events of the ring, one lane for each node", tabindex: 0, keydown: onKey, wheel: onWheel }),
  };
  element.append(html("section", { class: "panel", "aria-labelledby": "timeline-h" },
    html("h2", { id: "timeline-h" }, "What happened, in the order of the token"),
    html("div", { class: "row controls" }, parts.pause, parts.older, parts.newer, parts.fault, parts.play,
      html("label", {}, "Node", parts.node), html("label", {}, "Request", parts.request)),
    parts.problem,
    parts.picture, parts.detail,
    html("ul", { class: "legend small soft" }, ...[["token", "token passed"], ["copy", "its copy sent"], ["write", "critical section and write"], ["epoch", "new epoch"], ["trouble", "suspected, fenced off"]]
      .map(([kind, says]) => html("li", { class: kind }, says))),
    html("div", { class: "row controls" }, html("button", { type: "button", click: exportSvg }, "Export SVG"), html("button", { type: "button", click: exportJson }, "Export JSON"),
      html("label", { class: "import" }, "Import a recording", parts.file)),
    parts.status));
  ends = [cluster.on("moments", soon), cluster.on("state", soon)];
  addEventListener("resize", soon);
  draw();
}

export function unmount() {
  for (const end of ends) end();
  removeEventListener("resize", soon);
  clearTimeout(timer);
  clearInterval(player);
  timer = player = 0;
}

/** Draws a few times a second, however much happens. */
function soon() {
  if (!timer) timer = setTimeout(() => ((timer = 0), draw()), DRAW_PAUSE);
}

const source = () => still ?? { nodes: cluster.state?.ring.nodes.map((node) => node.id) ?? [],
  stores: cluster.state?.store.map((node) => node.id) ?? [], moments: cluster.moments, file: false };
const columns = () => Math.max(6, Math.floor((parts.picture.clientWidth - LEFT) / column));

/** @returns {Placed[]} */
function wanted() {
  const node = parts.node.value;
  const all = inOrder(source().moments);
  return all.filter((moment) => (!node || moment.node === node || moment.to === node || moment.store === node)
    && (!fence || (moment.epoch === fence.epoch && moment.hop === fence.hop)));
}

function draw() {
  column = parts.picture.clientWidth < 480 ? 18 : 26;
  const { nodes, stores, file } = source();
  const lanes = [...nodes, ...stores];
  const all = wanted();
  back = Math.max(0, Math.min(back, all.length - columns()));
  const shown = all.slice(Math.max(0, all.length - columns() - back), all.length - back);
  showChoices(lanes);
  const height = TOP + lanes.length * LANE;
  mark(parts.picture, "height", height);
  mark(parts.picture, "viewBox", `0 0 ${Math.max(parts.picture.clientWidth, 1)} ${height}`);
  const width = parts.picture.clientWidth;
  const place = (/** @type {string} */ id) => TOP + lanes.indexOf(id) * LANE + LANE / 2;
  parts.picture.replaceChildren(
    ...lanes.map((id, lane) => svg("g", { class: lane < nodes.length ? "lane" : "lane storing" },
      svg("line", { x1: LEFT, y1: place(id), x2: width, y2: place(id) }), svg("text", { x: 0, y: place(id) + 5 }, id))),
    ...epochs(shown, height), ...shown.flatMap((moment, at) => arrows(moment, at, shown, place)),
    ...shown.map((moment, at) => dot(moment, LEFT + (at + .5) * column, place(moment.node))));
  parts.newer.disabled = back === 0;
  parts.fault.disabled = !all.some(isFault);
  parts.older.disabled = back >= all.length - columns();
  say(parts.pause, file ? "Back to live" : still ? "Go on" : "Pause");
  mark(parts.pause, "aria-pressed", String(still !== null));
  say(parts.status, all.length === 0 ? "Nothing has happened yet, or nothing that the filter lets through. A ring where nobody writes rests."
    : `${file ? "From a file: " : still ? "Paused: " : ""}${shown.length} of ${all.length} events, of ${shown[0].at.slice(11, 23)} to ${shown[shown.length - 1].at.slice(11, 23)} UTC`);
}

/** @param {string[]} lanes */
function showChoices(lanes) {
  if (parts.node.options.length === lanes.length + 1) return;
  parts.node.replaceChildren(html("option", { value: "" }, "all nodes"), ...lanes.map((id) => html("option", { value: id }, id)));
}

/** Where an epoch begins. @param {Placed[]} shown @param {number} height */
function epochs(shown, height) {
  return shown.flatMap((moment, at) => at > 0 && shown[at - 1].epoch === moment.epoch ? [] : [
    at > 0 ? svg("line", { class: "epoch", x1: LEFT + at * column, y1: 18, x2: LEFT + at * column, y2: height }) : svg("g"),
    svg("text", { class: "epoch", x: LEFT + at * column + 4, y: 14 }, `epoch ${moment.epoch}`)]);
}

/** @param {Placed} moment @param {number} at @param {Placed[]} shown @param {(id: string) => number} place */
function arrows(moment, at, shown, place) {
  const x = LEFT + (at + .5) * column;
  if ((moment.event === "passed" || moment.event === "copied") && moment.to && place(moment.to) > TOP) {
    const taken = moment.event === "copied" ? -1 : shown.findIndex((other, index) => index > at && other.node === moment.to && other.hop >= moment.hop);
    const end = taken > 0 && taken - at < 10 ? LEFT + (taken + .5) * column : x + column * .8;
    return [arrow(moment.event, x, place(moment.node), end, place(moment.to), taken > 0 && taken - at < 10 ? 6 : 0)];
  }
  if (moment.event === "written" && moment.store && place(moment.store) > TOP) {
    const entered = shown.findLastIndex((other, index) => index < at && other.node === moment.node && other.event === "entered");
    const from = entered >= 0 && at - entered < 4 ? LEFT + (entered + .5) * column : x - column;
    const middle = (from + x) / 2;
    return [arrow("written", from, place(moment.node), middle, place(moment.store), 0), arrow("written", middle, place(moment.store), x, place(moment.node), 8)];
  }
  return [];
}

/** @param {string} kind @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} gap left for the dot at its end */
function arrow(kind, x1, y1, x2, y2, gap) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [tx, ty] = [x2 - ux * (7 + gap), y2 - uy * (7 + gap)];
  return svg("g", { class: `message ${kind}` }, svg("line", { x1, y1, x2: tx, y2: ty }),
    svg("path", { d: `M${tx + ux * 7} ${ty + uy * 7} l${-ux * 8 - uy * 4} ${-uy * 8 + ux * 4} l${uy * 8} ${-ux * 8} z` }));
}

/** @param {Placed} moment */
const inWords = (moment) => `${moment.at.slice(11, 23)}  ${sentence(moment)}`;

/** @param {Placed} moment */
const read = (moment) => say(parts.detail, inWords(moment));

/** @param {Placed} moment @param {number} x @param {number} y */
function dot(moment, x, y) {
  return svg("circle", { class: `moment ${moment.event}`, cx: x, cy: y, r: moment.event === "written" || moment.event === "claimed" ? 7 : 5,
    pointerenter: () => read(moment), click: () => read(moment) }, svg("title", {}, inWords(moment)));
}

function pauseOrGoOn() {
  clearInterval(player);
  player = 0;
  still = still ? null : { ...source(), moments: [...cluster.moments] };
  back = 0;
  draw();
}

/** Looking back, the picture must not run away. @param {number} by */
function scroll(by) {
  if (by > 0 && !still) still = { ...source(), moments: [...cluster.moments] };
  back = Math.max(0, back + by);
  draw();
}

/** @param {Moment} moment */
const isFault = ({ event }) => event === "suspected" || event === "claimed" || event === "fenced";

/** Brings the latest suspicion, claim or fencing off into the middle. */
function toLastFault() {
  still ??= { ...source(), moments: [...cluster.moments] };
  const all = wanted();
  const at = all.findLastIndex(isFault);
  back = Math.max(0, all.length - 1 - at - (columns() >> 1));
  draw();
  read(all[at]);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const by = { ArrowLeft: 1, ArrowRight: -1, PageUp: columns(), PageDown: -columns(), Home: Infinity, End: -Infinity }[event.key];
  if (event.key === " ") pauseOrGoOn();
  else if (by !== undefined) {
    scroll(by);
    const all = wanted();
    const newest = all[all.length - 1 - back];
    if (newest) read(newest);
  } else return;
  event.preventDefault();
}

/** @param {WheelEvent} event */
function onWheel(event) {
  if (Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return; // up and down is the page's
  event.preventDefault();
  scroll(Math.sign(-event.deltaX) * 2);
}

/** Shows what there is from its beginning, an event at a time. */
function play() {
  clearInterval(player);
  still ??= { ...source(), moments: [...cluster.moments] };
  back = Infinity;
  draw();
  player = setInterval(() => {
    if (back === 0) clearInterval(player);
    else scroll(-1);
  }, 120);
}

/** A request is where its receipt says: at the fence it was written under. */
async function findRequest() {
  const text = parts.request.value.trim();
  say(parts.problem, "");
  const [, epoch, hop] = /^(\d+)\.(\d+)$/.exec(text) ?? [];
  fence = epoch === undefined ? null : { epoch: Number(epoch), hop: Number(hop) };
  if (text && !fence) {
    const answer = await ask(`/v1/requests/${encodeURIComponent(text)}`).catch(() => null);
    const token = answer?.ok ? (await answer.json()).receipt?.token : null;
    if (!token) return say(parts.problem, "No committed request of that name is known.");
    fence = { epoch: token.epoch, hop: token.hop };
  }
  back = 0;
  draw();
}

async function load() {
  const file = parts.file.files[0];
  if (!file) return;
  say(parts.problem, "");
  try {
    still = { ...readRecording(await file.text()), file: true };
    back = 0;
    draw();
  } catch (refused) {
    say(parts.problem, /** @type {Error} */ (refused).message);
  }
  parts.file.value = "";
}

function exportJson() {
  const { nodes, stores, moments } = source();
  download("ringstore-timeline.json", "application/json", JSON.stringify({ kind: "ringstore-timeline", nodes, stores, moments }));
}

/** The picture as it is, with its looks in it. */
function exportSvg() {
  const copy = parts.picture.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const shown = [parts.picture, ...parts.picture.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, at) => {
    const looks = getComputedStyle(shown[at]);
    for (const name of ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size"]) element.setAttribute(name, looks.getPropertyValue(name));
  });
  for (const name of ["tabindex", "class"]) copy.removeAttribute(name);
  copy.setAttribute("width", String(parts.picture.clientWidth));
  const ground = svg("rect", { width: "100%", height: "100%", fill: getComputedStyle(parts.picture.closest(".panel")).backgroundColor });
  copy.prepend(ground);
  download("ringstore-timeline.svg", "image/svg+xml", new XMLSerializer().serializeToString(copy));
}
