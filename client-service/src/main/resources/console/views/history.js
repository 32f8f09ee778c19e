// @ts-check
/** @typedef {import("../cluster.js").Moment} Moment @typedef {Moment & {epoch: number, hop: number}} Placed */

const EVENTS = new Set(["stamped", "entered", "written", "left", "copied", "passed", "fenced", "claimed", "suspected"]);

/** These bear the fence under which the receiver will hold the token, and come before all that it does. */
const SENT = ["copied", "passed"];

/** A file of moments, as this console writes it. @typedef {{kind: "ringstore-timeline", nodes: string[], stores: string[], moments: Moment[]}} Recording */

/**
 * Brings moments of several nodes into the order of the token: by fence, what was sent before what its receiver does, and
 * at one node as things follow each other there.
 * What bears no fence stands after what its node did last.
 * @param {Moment[]} moments as they came @returns {Placed[]}
 */
export function inOrder(moments) {
  /** @type {Map<string, {epoch: number, hop: number}>} */
  const last = new Map();
  const placed = moments.map((moment, arrival) => {
    const fence = moment.epoch === undefined || moment.hop === undefined ? last.get(moment.node) ?? { epoch: 0, hop: 0 }
      : { epoch: moment.epoch, hop: moment.hop };
    last.set(moment.node, fence);
    return { moment: { ...moment, ...fence }, arrival };
  });
  placed.sort((one, other) => one.moment.epoch - other.moment.epoch || one.moment.hop - other.moment.hop
    || Number(SENT.includes(other.moment.event)) - Number(SENT.includes(one.moment.event)) || one.arrival - other.arrival);
  return placed.map(({ moment }) => moment);
}

/**
 * Reads a recording; what is not one is refused with the reason.
 * @param {string} text @returns {Recording}
 */
export function readRecording(text) {
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    throw new Error("This file is not JSON.");
  }
  if (read?.kind !== "ringstore-timeline") throw new Error("This file is not a timeline that the console exported.");
  const names = /** @param {unknown} list */ (list) => Array.isArray(list) && list.length <= 64 && list.every((name) => typeof name === "string");
  if (!names(read.nodes) || !names(read.stores)) throw new Error("The file names no nodes.");
  if (!Array.isArray(read.moments) || !read.moments.every(isMoment)) throw new Error("The file has moments that are none.");
  return read;
}

/** @param {any} moment */
function isMoment(moment) {
  return typeof moment?.at === "string" && typeof moment.node === "string" && EVENTS.has(moment.event)
    && [moment.epoch, moment.hop, moment.size].every((number) => number === undefined || Number.isFinite(number))
    && [moment.to, moment.store, moment.reason].every((text) => text === undefined || typeof text === "string");
}
