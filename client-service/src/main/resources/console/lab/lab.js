// @ts-check
/** What the lab's views share: calls, following a run, and showing what it says. */
import { complaint } from "../answers.js";
import { html, say, span, svg } from "../dom.js";
import { ask } from "../gateway.js";

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

/** The gateway does not do what it was asked for. */
export class Refused extends Error {
  /** @param {string} why @param {number} status */
  constructor(why, status) {
    super(why);
    this.status = status;
  }

  /** Whether the token in use is not one of an admin. */
  get isForAdmins() {
    return this.status === 403;
  }
}

/** Calls the lab; fails with what the gateway says. @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
export async function call(method, path, body) {
  const answer = await ask(`/v1/lab${path}`, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  }).catch(() => null);
  if (!answer?.ok) throw new Refused(await complaint(answer), answer?.status ?? 0);
  return answer.json();
}

/**
 * Fills a view with what the lab has, or with why it is closed to whoever looks.
 * @param {HTMLElement} element @param {HTMLElement} problem @param {(lab: Lab) => void} fill
 */
export const enter = (element, problem, fill) => attempt(problem, async () => {
  try {
    const lab = await call("GET", "");
    if (element.isConnected) fill(lab);
  } catch (refused) {
    if (!(refused instanceof Refused && refused.isForAdmins)) throw refused;
    element.replaceChildren(closed(refused));
  }
});

/** @param {Refused} refused */
export const closed = (refused) => html("section", { class: "panel closed" },
  html("h2", {}, "The lab is for admins"), html("p", { class: "soft" }, refused.message, " “Forget token” above lets you give another one."));

/** @param {Run} run */
export const isOver = (run) => ["DONE", "CANCELLED", "FAILED"].includes(run.state);

/** Tells of a run until it is over. */
export class Follower {
  #timer = 0;
  #ended = false;

  /** @param {Run} run @param {(run: Run) => void} listener */
  constructor(run, listener) {
    listener(run);
    if (!isOver(run)) this.#later(run, listener);
  }

  /** @param {Run} known @param {(run: Run) => void} listener */
  #later(known, listener) {
    this.#timer = setTimeout(async () => {
      const run = await call("GET", `/runs/${known.id}`).catch((refused) => afterFailure(known, refused));
      if (this.#ended) return;
      if (run !== known) listener(run);
      if (!isOver(run)) this.#later(run, listener);
    }, LOOK_EVERY);
  }

  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
  }
}

/** The gateway may be away for a moment, which the header says; one that came back knows no run of before. @param {Run} known @param {Refused} refused @returns {Run} */
const afterFailure = (known, refused) => refused.status !== 404 ? known
  : { ...known, state: "FAILED", failure: "The gateway was restarted meanwhile, and does not know this run any more." };

const HEIGHT = 150;
const LEFT = 52;
const BOTTOM = 22;

/**
 * A small line chart over the seconds of a run; it says in words what it shows.
 * @param {string} title @param {string} unit @param {Sample[]} samples
 * @param {{name: string, kind: string, of: (sample: Sample) => number}[]} lines
 * @param {?string} [all] what is to be said of all samples; otherwise the latest one is
 */
export function chart(title, unit, samples, lines, all = null) {
  const width = innerWidth < 640 ? 350 : 640;
  const top = nice(Math.max(1, ...samples.flatMap((sample) => lines.map((line) => line.of(sample)))));
  const seconds = Math.max(10, samples.length);
  /** @param {number} second */
  const x = (second) => LEFT + ((width - LEFT - 8) * second) / seconds;
  /** @param {number} value */
  const y = (value) => 8 + (HEIGHT - BOTTOM - 8) * (1 - value / top);
  const last = samples.at(-1);
  const words = all ? all : last ? lines.map((line) => `${line.name} ${number(line.of(last))} ${unit}`).join(", ") : "nothing yet";
  const picture = svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, class: "chart", role: "img", "aria-label": `${title}: ${words}` },
    ...[0, .5, 1].flatMap((share) => [
      svg("line", { class: "grid", x1: LEFT, x2: width - 8, y1: y(top * share), y2: y(top * share) }),
      svg("text", { x: LEFT - 8, y: y(top * share) + 4, "text-anchor": "end" }, number(top * share)),
    ]),
    svg("text", { x: LEFT, y: HEIGHT - 4 }, "0 s"),
    svg("text", { x: width - 8, y: HEIGHT - 4, "text-anchor": "end" }, `${seconds} s`),
    ...lines.map((line) => svg("polyline", {
      class: `line ${line.kind}`,
      points: samples.map((sample) => `${x(sample.second + 1).toFixed(1)},${y(line.of(sample)).toFixed(1)}`).join(" "),
    })));
  return html("figure", { class: "panel" },
    html("figcaption", { class: "row" }, html("h2", {}, title),
      lines.length < 2 ? null : html("span", { class: "lines soft small" }, ...lines.map((line) => html("span", { class: line.kind }, line.name))),
      html("span", { class: "soft small" }, words)), picture);
}

/** @param {number} value the next round number */
function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return (([1, 2, 3, 4, 5, 7.5, 10].find((step) => step * power >= value)) ?? 10) * power;
}

/** @param {number} value */
export const number = (value) => (value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString("en") : value.toFixed(1));

/** @param {Run} run */
export function outcome(run) {
  if (run.failure && !run.verdict) return html("p", { class: "verdict bad", role: "status" }, run.failure);
  const verdict = run.verdict;
  if (!verdict) return html("p", { class: "soft judging", role: "status" }, run.state === "JUDGING" ? "Reading the log of every store node …" : "");
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
  const shares = verdict.fairness.clients.toSorted((one, other) => one.client.localeCompare(other.client, "en", { numeric: true }));
  if (shares.length === 0 || shares.length > 64) return null;
  const longest = Math.max(1, ...shares.map((share) => share.worstMillis));
  return html("section", { class: "panel" },
    html("h2", {}, "Oldest first"),
    html("p", {}, `${verdict.fairness.inOrder} of ${verdict.acknowledged} writes stand before every younger one. `
      + (verdict.fairness.mostOvertaken === 0 ? "None was overtaken." : `The one that was overtaken most let ${verdict.fairness.mostOvertaken} go first.`)),
    html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Shares of the clients" }, html("table", { class: "shares" },
      html("thead", {}, html("tr", {}, ...["Client", "Writes", "Mean wait", "Longest wait"].map((head) => html("th", { scope: "col" }, head)),
        html("th", { scope: "col", class: "key" }, html("span", { class: "mean" }, "mean"), html("span", { class: "worst" }, "longest")))),
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
