// @ts-check
import { html } from "../dom.js";
import { attempt, call, chart, enter, fairness, Follower, isOver, number, outcome } from "./lab.js";

export const title = "Workload";

/** @type {Record<string, {title: string, what: string, fields: [string, string, number, number, number][]}>} name, label, usual, least, most */
const KINDS = {
  assignment: {
    title: "The assignment's run",
    what: "Each client writes a resource, waits for COMMITTED, thinks, and writes the next.",
    fields: [["clients", "Clients", 5, 1, 60], ["minRequests", "Requests, at least", 10, 1, 500], ["maxRequests", "Requests, at most", 50, 1, 500],
      ["minThinkMillis", "Thinks at least (ms)", 1000, 0, 10000], ["maxThinkMillis", "Thinks at most (ms)", 5000, 0, 10000], ["resources", "Resources R1 to R…", 5, 1, 100]],
  },
  load: {
    title: "Load",
    what: "So many writes each second, evenly, for so long. Rate times seconds is at most 30,000.",
    fields: [["clients", "Clients", 16, 1, 256], ["rate", "Writes each second", 200, 1, 2000], ["size", "Value size (bytes)", 64, 64, 4096], ["seconds", "Seconds", 20, 1, 300]],
  },
};

/** @type {?Follower} */
let follower = null;

/** @param {HTMLElement} element */
export function mount(element) {
  const problem = html("p", { class: "problem", role: "alert" });
  const shown = html("div", { class: "stack" });
  /** @param {import("./lab.js").Run} run */
  const follow = (run) => {
    follower?.end();
    follower = new Follower(run, (now) => show(shown, now, problem));
  };
  element.append(problem);
  enter(element, problem, (lab) => {
    element.prepend(html("div", { class: "lab-forms" }, ...Object.entries(KINDS).map(([kind, form]) => formOf(kind, form, problem, follow))));
    element.append(shown);
    const last = lab.runs.find((run) => run.kind === "workload");
    if (last) follow(last);
  });
}

export function unmount() {
  follower?.end();
  follower = null;
}

/**
 * @param {string} kind @param {typeof KINDS[string]} form @param {HTMLElement} problem
 * @param {(run: import("./lab.js").Run) => void} follow
 */
function formOf(kind, form, problem, follow) {
  const inputs = form.fields.map(([name, , usual, min, max]) =>
    /** @type {HTMLInputElement} */ (html("input", { name, type: "number", value: usual, min, max, required: true })));
  return html("form", {
    class: "panel",
    submit: (/** @type {Event} */ event) => {
      event.preventDefault();
      const wish = Object.fromEntries(inputs.map((input) => [input.name, input.valueAsNumber]));
      attempt(problem, async () => follow(await call("POST", "/workloads", { kind, ...wish })));
    },
  }, html("h2", {}, form.title), html("p", { class: "soft" }, form.what),
    html("div", { class: "fields" }, ...form.fields.map(([, label], at) => html("label", {}, label, inputs[at]))),
    html("button", { class: "main" }, "Start"));
}

/** @param {HTMLElement} place @param {import("./lab.js").Run} run @param {HTMLElement} problem */
function show(place, run, problem) {
  const cancel = isOver(run) ? null
    : html("button", { type: "button", click: () => attempt(problem, () => call("DELETE", `/runs/${run.id}`)) }, "Cancel");
  const state = { RUNNING: "running", JUDGING: "being judged", DONE: "done", CANCELLED: "cancelled", FAILED: "failed" }[run.state];
  place.replaceChildren(
    html("div", { class: "row" },
      html("progress", { max: Math.max(1, run.wanted), value: run.acknowledged, "aria-label": "Acknowledged writes" }),
      html("span", {}, `${run.acknowledged.toLocaleString("en")} of ${run.wanted.toLocaleString("en")} writes, ${state}`), cancel),
    outcome(run),
    html("div", { class: "lab-charts" },
      chart("Throughput", "writes/s", run.samples, [{ name: "acknowledged", kind: "write", of: (sample) => sample.writes }],
        isOver(run) && run.samples.length ? `${number(run.acknowledged / run.samples.length)} writes/s on average` : null),
      chart("Latency", "ms", run.samples, [
        { name: "median", kind: "token", of: (sample) => sample.p50 },
        { name: "99 %", kind: "wait", of: (sample) => sample.p99 }],
        run.verdict ? `median ${number(run.verdict.latency.p50)} ms, 99 % ${number(run.verdict.latency.p99)} ms in all` : null)),
    ...(run.verdict ? [fairness(run.verdict)].filter((part) => part !== null) : []));
}
