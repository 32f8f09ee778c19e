// @ts-check
import { html } from "../dom.js";
import { attempt, call, chart, Follower, isOver, outcome, steps } from "./lab.js";

export const title = "Scenarios";

/** @type {?Follower} */
let follower = null;

/** @param {HTMLElement} element */
export function mount(element) {
  const problem = html("p", { class: "problem", role: "alert" });
  const list = html("div", { class: "lab-scenarios" });
  const shown = html("div", { class: "stack" });
  /** @param {import("./lab.js").Run} run */
  const follow = (run) => {
    follower?.end();
    follower = new Follower(run, (now) => {
      show(shown, now, problem);
      for (const button of list.querySelectorAll("button")) button.disabled = !isOver(now);
    });
  };
  element.append(
    html("p", { class: "soft intro" }, "Each of these happens to the running cluster, while five clients write. Nodes that end are started again, "
      + "and the history checker has the last word."),
    problem, html("div", { class: "lab-split" }, list, html("div", { class: "lab-stage" }, shown)));
  attempt(problem, async () => {
    /** @type {import("./lab.js").Lab} */
    const lab = await call("GET", "");
    list.replaceChildren(...lab.scenarios.map((scenario) => cardOf(scenario, problem, (run) => {
      follow(run);
      shown.scrollIntoView({ block: "nearest" });
    })));
    const last = lab.runs.find((run) => run.kind === "scenario");
    if (last && element.isConnected) follow(last);
    else shown.replaceChildren(html("p", { class: "panel soft" }, "Choose a scenario, and watch the ring meanwhile."));
  });
}

export function unmount() {
  follower?.end();
  follower = null;
}

/**
 * @param {import("./lab.js").Lab["scenarios"][number]} scenario @param {HTMLElement} problem
 * @param {(run: import("./lab.js").Run) => void} follow
 */
function cardOf(scenario, problem, follow) {
  return html("article", { class: "panel scenario" },
    html("h2", {}, html("span", { class: "badge" }, scenario.name), " ", scenario.title),
    html("p", { class: "soft" }, scenario.what),
    html("button", {
      type: "button", "aria-label": `Do it: ${scenario.name}, ${scenario.title}`,
      click: () => attempt(problem, async () => follow(await call("POST", `/scenarios/${scenario.name}`, {}))),
    }, "Do it"));
}

/** @param {HTMLElement} place @param {import("./lab.js").Run} run @param {HTMLElement} problem */
function show(place, run, problem) {
  place.replaceChildren(
    html("section", { class: "panel" },
      html("div", { class: "row" }, html("h2", {}, `Scenario ${run.name}`),
        html("span", { class: "soft" }, `${run.acknowledged} writes, ${(run.millis / 1_000).toFixed(0)} s`),
        isOver(run) ? null : html("button", { type: "button", click: () => attempt(problem, () => call("DELETE", `/runs/${run.id}`)) }, "Cancel")),
      steps(run)),
    outcome(run),
    chart("Acknowledged writes", "writes/s", run.samples, [{ name: "acknowledged", kind: "write", of: (sample) => sample.writes }]));
}
