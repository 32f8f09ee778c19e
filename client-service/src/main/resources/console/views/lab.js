// @ts-check
/** What the lab's views share: calls, following a run, and showing what it says. */
import { html, say, span, svg } from "../dom.js";

/**
 * @typedef {{second: number, writes: number, p50: number, p99: number, max: number}} Sample
 * @typedef {{client: string, writes: number, meanMillis: number, worstMillis: number}} Share
 * @typedef {{good: boolean, sentence: string, kept: string[], broken: {promise: string, detail: string}[], acknowledged: number,
 *   open: number, recoveryMillis: ?number, latency: {p50: number, p99: number, max: number},
 *   fairness: {inOrder: number, mostOvertaken: number, clients: Share[]}}} Verdict
 * @typedef {{id: string, kind: string, name: string, state: string, startedAt: number, millis: number, wanted: number,
 *   acknowledged: number, steps: {millis: number, text: string}[], samples: Sample[], verdict: ?Verdict, failure: ?string}} Run
 * @typedef {{scenarios: {name: string, title: string, what: string}[], runs: Run[]}} Lab
 */

const LOOK_EVERY = 400;

/** @type {Record<string, string>} */
const PROMISES = {
  NOTHING_ACKNOWLEDGED_IS_LOST: "Nothing acknowledged is lost",
  EXACTLY_ONCE: "Nothing stands twice",
  ALL_OR_NOTHING: "Each write is whole",
  NO_PHANTOM: "Nothing is there that nobody wrote",
  HONEST_REFUSAL: "What was refused is not there",
  REAL_TIME_ORDER: "What came first stands first",
  FRESH_READS: "Reads are fresh",
  SAME_EVERYWHERE: "All replicas have the same log",
  FENCES_GROW: "One writer at a time",
};

/** Calls the lab; fails with what the gateway says. @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
export async function call(method, path, body) {
  const answer = await fetch(`/v1/lab${path}`, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail ?? `The gateway said ${answer.status}.`);
  return said;
}

/** @param {Run} run */
export const isOver = (run) => ["DONE", "CANCELLED", "FAILED"].includes(run.state);

/** Tells of a run until it is over. */
export class Follower {
  #timer = 0;
  #ended = false;

  /** @param {Run} run @param {(run: Run) => void} listener */
  constructor(run, listener) {
    listener(run);
    if (!isOver(run)) this.#later(run.id, listener);
  }

  /** @param {string} id @param {(run: Run) => void} listener */
  #later(id, listener) {
    this.#timer = setTimeout(async () => {
      /** @type {?Run} */
      let run = null;
      try {
        run = await call("GET", `/runs/${id}`);
      } catch { /* the gateway may be away for a moment; the header says so */ }
      if (this.#ended) return;
      if (run) listener(run);
      if (!run || !isOver(run)) this.#later(id, listener);
    }, LOOK_EVERY);
  }

  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
  }
}

const WIDTH = 640;
const HEIGHT = 150;
const LEFT = 52;
const BOTTOM = 22;

/**
 * A small line chart over the seconds of a run; it says in words what it shows.
 * @param {string} title @param {string} unit @param {Sample[]} samples
 * @param {{name: string, kind: string, of: (sample: Sample) => number}[]} lines
 */
export function chart(title, unit, samples, lines) {
  const top = nice(Math.max(1, ...samples.flatMap((sample) => lines.map((line) => line.of(sample)))));
  const seconds = Math.max(10, samples.length);
  /** @param {number} second */
  const x = (second) => LEFT + ((WIDTH - LEFT - 8) * second) / seconds;
  /** @param {number} value */
  const y = (value) => 8 + (HEIGHT - BOTTOM - 8) * (1 - value / top);
  const last = samples.at(-1);
  const words = last ? lines.map((line) => `${line.name} ${number(line.of(last))} ${unit}`).join(", ") : "nothing yet";
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "img", "aria-label": `${title}: ${words}` },
    ...[0, .5, 1].flatMap((share) => [
      svg("line", { class: "grid", x1: LEFT, x2: WIDTH - 8, y1: y(top * share), y2: y(top * share) }),
      svg("text", { x: LEFT - 8, y: y(top * share) + 4, "text-anchor": "end" }, number(top * share)),
    ]),
    svg("text", { x: LEFT, y: HEIGHT - 4 }, "0 s"),
    svg("text", { x: WIDTH - 8, y: HEIGHT - 4, "text-anchor": "end" }, `${seconds} s`),
    ...lines.map((line) => svg("polyline", {
      class: `line ${line.kind}`,
      points: samples.map((sample) => `${x(sample.second + 1).toFixed(1)},${y(line.of(sample)).toFixed(1)}`).join(" "),
    })));
  return html("figure", { class: "panel" },
    html("figcaption", { class: "row" }, html("h2", {}, title), html("span", { class: "soft small" }, words)), picture);
}

/** @param {number} value the next round number */
function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return (([1, 2, 5, 10].find((step) => step * power >= value)) ?? 10) * power;
}

/** @param {number} value */
const number = (value) => (value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString("en") : value.toFixed(1));

/** @param {Run} run */
export function outcome(run) {
  if (run.failure && !run.verdict) return html("p", { class: "verdict bad", role: "status" }, run.failure);
  const verdict = run.verdict;
  if (!verdict) return html("p", { class: "soft", role: "status" }, run.state === "JUDGING" ? "Reading the log of every store node …" : "");
  const good = verdict.good && !run.failure;
  return html("section", { class: `verdict ${good ? "good" : "bad"}`, role: "status" },
    html("h2", {}, good ? "Kept its promise" : "Did not pass"),
    html("p", {}, run.failure ?? verdict.sentence),
    verdict.recoveryMillis === null ? null : html("p", { class: "recovery" }, html("strong", {}, span(verdict.recoveryMillis)),
      " was the longest time without an acknowledged write."),
    html("ul", { class: "promises" }, ...verdict.kept.map((name) => html("li", { class: "kept" }, PROMISES[name] ?? name))),
    verdict.broken.length === 0 ? null : html("ul", { class: "broken" },
      ...verdict.broken.map((one) => html("li", {}, `${PROMISES[one.promise] ?? one.promise}: ${one.detail}`))));
}

/** @param {Verdict} verdict */
export function fairness(verdict) {
  const shares = verdict.fairness.clients;
  if (shares.length === 0 || shares.length > 64) return null;
  const longest = Math.max(1, ...shares.map((share) => share.worstMillis));
  return html("section", { class: "panel" },
    html("h2", {}, "Oldest first"),
    html("p", {}, `${verdict.fairness.inOrder} of ${verdict.acknowledged} writes stand before every younger one. `
      + (verdict.fairness.mostOvertaken === 0 ? "None was overtaken." : `The one that was overtaken most let ${verdict.fairness.mostOvertaken} go first.`)),
    html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Shares of the clients" }, html("table", { class: "shares" },
      html("thead", {}, html("tr", {}, ...["Client", "Writes", "Mean wait", "Longest wait", ""].map((head) => html("th", { scope: "col" }, head)))),
      html("tbody", {}, ...shares.map((share) => html("tr", {},
        html("th", { scope: "row" }, share.client), html("td", {}, share.writes),
        html("td", {}, span(share.meanMillis)), html("td", {}, span(share.worstMillis)),
        html("td", { class: "bar" }, svg("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
          svg("rect", { class: "worst", width: (100 * share.worstMillis) / longest, height: 8 }),
          svg("rect", { class: "mean", width: (100 * share.meanMillis) / longest, height: 8 })))))))));
}

/** @param {Run} run */
export const steps = (run) => html("ol", { class: "steps" },
  ...run.steps.map((step) => html("li", {}, html("span", { class: "mono soft" }, `${(step.millis / 1_000).toFixed(1)} s`), " ", step.text)));

/** Says what went wrong with a call, and nothing once it goes well. @param {HTMLElement} place @param {() => Promise<void>} action */
export async function attempt(place, action) {
  try {
    say(place, "");
    await action();
  } catch (problem) {
    say(place, problem instanceof Error ? problem.message : String(problem));
  }
}
