// @ts-check
import { html, named, svg } from "../dom.js";

/** @typedef {import("../cluster.js").Moment} Moment */

/** Shows writes one after the other, each long enough to be seen; of a busy ring only some. */
export class WriteLights {
  #show;
  #shownAt = -Infinity;
  #timer = 0;

  /** @param {(moment: Moment) => void} show */
  constructor(show) {
    this.#show = show;
  }

  /** @param {Moment} moment */
  written(moment) {
    clearTimeout(this.#timer);
    const wait = Math.max(0, this.#shownAt + 1_600 - performance.now());
    this.#timer = setTimeout(() => {
      this.#shownAt = performance.now();
      this.#show(moment);
    }, wait);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}

/**
 * The way of a batch through the store, step by step.
 * @param {string} node @param {string} via the store node it was sent to @param {string | undefined} primary @param {string[]} backups
 * @returns {{step: string, from: string, to: string, says: string}[]}
 */
export function pathOf(node, via, primary, backups) {
  const steps = [{ step: "W1", from: node, to: via, says: `${node} sends the batch to ${via}` }];
  if (primary && primary !== via) steps.push({ step: "W2", from: via, to: primary, says: `${via} forwards it to the primary, ${primary}` });
  for (const backup of primary ? backups : []) {
    steps.push({ step: "W3", from: primary ?? "", to: backup, says: `${primary} replicates it to ${backup}` });
    steps.push({ step: "W4", from: backup, to: primary ?? "", says: `${backup} has flushed it and says so` });
  }
  steps.push({ step: "W5", from: via, to: node, says: `${via} answers ${node}` });
  return steps.sort((one, other) => one.step.localeCompare(other.step));
}

/** @param {Moment} moment @param {import("../cluster.js").State} state */
function wayOf(moment, state) {
  const primary = state.store.find((node) => node.role === "PRIMARY")?.id;
  const backups = state.store.filter((node) => node.status === "UP" && node.id !== primary).map((node) => node.id);
  return { primary, backups, steps: pathOf(moment.node, moment.store ?? "", primary, backups) };
}

/**
 * @param {Element} picture @param {Moment} moment
 * @param {(id: string) => [number, number] | null} place @param {import("../cluster.js").State} state
 */
export function drawWrite(picture, moment, place, state) {
  const { steps } = wayOf(moment, state);
  picture.replaceChildren(...steps.map(({ step, from, to }) => arrow(step, place(from), place(to))).filter((shape) => shape !== null));
}

/** @param {Element} list @param {Moment} moment @param {import("../cluster.js").State} state */
export function tellWrite(list, moment, state) {
  const { primary, backups, steps } = wayOf(moment, state);
  const said = new Map(steps.map(({ step, says }) => [step, steps.filter((other) => other.step === step).length > 1
    ? { W3: `${primary} replicates it to ${backups.join(" and ")}`, W4: `${backups.join(" and ")} flush it and say so` }[step] ?? says : says]));
  list.replaceChildren(
    html("li", { class: "soft" }, `Batch of ${moment.size ?? 1} under fence ${moment.epoch}.${moment.hop}`),
    ...[...said].map(([step, says]) => html("li", { class: step.toLowerCase() }, html("span", { class: "badge write" }, step), html("span", {}, ...named(says)))));
}

/** A line beside the one that goes back. @param {string} step @param {[number, number] | null} from @param {[number, number] | null} to */
function arrow(step, from, to) {
  if (!from || !to) return null;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [nx, ny] = [(-dy / length) * 5, (dx / length) * 5];
  const at = { W1: .38, W2: .42, W3: .5, W4: .58, W5: .62 }[step] ?? .5;
  return svg("g", { class: `arrow ${step.toLowerCase()}` },
    svg("line", { x1: from[0] + nx, y1: from[1] + ny, x2: to[0] + nx, y2: to[1] + ny }),
    svg("text", { x: from[0] + dx * at + nx * 3, y: from[1] + dy * at + ny * 3 + 4 }, step));
}
