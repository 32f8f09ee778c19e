// @ts-check
import { html } from "../dom.js";
import { attempt, call, chart, enter, Follower, isOver, outcome, steps } from "./lab.js";
import { RingPicture } from "../views/ring-picture.js";

export const title = "Scenarios";

/** @type {?Follower} */
let follower = null;
/** @type {?RingPicture} */
let picture = null;

/** @param {HTMLElement} element @param {import("../cluster.js").Cluster} cluster */
export function mount(element, cluster) {
  const problem = html("p", { class: "problem", role: "alert" });
  element.append(problem);
  enter(element, problem, (lab) => fill(element, lab, cluster, problem));
}

/** @param {HTMLElement} element @param {import("./lab.js").Lab} lab @param {import("../cluster.js").Cluster} cluster @param {HTMLElement} problem */
function fill(element, lab, cluster, problem) {
  const shown = html("div", { class: "stack" });
  const list = html("div", { class: "lab-scenarios" });
  picture = new RingPicture(cluster);
  /** @param {import("./lab.js").Run} run */
  const follow = (run) => {
    follower?.end();
    follower = new Follower(run, (now) => {
      show(shown, now, problem);
      for (const button of list.querySelectorAll("button")) button.disabled = !isOver(now);
    });
  };
  const stage = html("div", { class: "lab-stage" }, html("section", { class: "panel", "aria-label": "The ring meanwhile" }, picture.element), shown);
  list.append(...lab.scenarios.map((scenario) => cardOf(scenario, problem, (run) => {
    follow(run);
    stage.scrollIntoView({ block: "nearest" });
  })));
  element.prepend(html("p", { class: "soft intro" }, "Each of these happens to the running cluster, while five clients write. Nodes that end are started again, "
    + "and the history checker has the last word."));
  element.append(html("div", { class: "lab-split" }, list, stage));
  const last = lab.runs.find((run) => run.kind === "scenario");
  if (last) follow(last);
  else shown.replaceChildren(html("p", { class: "panel soft" }, "Choose a scenario: its steps, its verdict and its recovery time will be here."));
}

export function unmount() {
  follower?.end();
  picture?.stop();
  follower = picture = null;
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
      steps(run), html("p", { class: "small soft" }, "Each hop of it is in the ", html("a", { href: "#timeline" }, "timeline"), ".")),
    outcome(run),
    chart("Acknowledged writes", "writes/s", run.samples, [{ name: "acknowledged", kind: "write", of: (sample) => sample.writes }]));
}
