// @ts-check
/** Slow motion, for the ring's view: mountMotion(element) fills it and returns what ends it. Only where the lab is. */
import { html, mark, say, span } from "../dom.js";
import { attempt, call, closed, Refused } from "./lab.js";

const LOOK_EVERY = 700;

/** A hop takes at least this many milliseconds, by the slider's place. */
const SPEEDS = [0, 50, 100, 250, 500, 1000, 2000, 5000];

/** @typedef {{paused: boolean, hopMillis: number, held: ?{node: string, to: string, epoch: number, hop: number}, silent: string[]}} Motion */

/** @param {HTMLElement} element @returns {() => void} */
export function mountMotion(element) {
  const problem = html("p", { class: "problem", role: "alert" });
  const where = html("p", { class: "soft small", role: "status" });
  const said = html("span", { class: "small soft" });
  const speed = /** @type {HTMLInputElement} */ (html("input", { type: "range", min: 0, max: SPEEDS.length - 1, value: 0, "aria-label": "Least time for each hop",
    change: () => set({ hopMillis: SPEEDS[speed.valueAsNumber] }) }));
  /** @type {Motion} */
  let motion = { paused: false, hopMillis: 0, held: null, silent: [] };
  const pause = html("button", { type: "button", click: () => set({ paused: !motion.paused }) });
  const step = /** @type {HTMLButtonElement} */ (html("button", { type: "button",
    click: () => attempt(problem, async () => show(await call("POST", "/motion/steps", { hops: 1 }))) }, "Next hop"));

  /** @param {Motion} now */
  const show = (now) => {
    motion = now;
    say(pause, now.paused ? "Resume" : "Pause");
    mark(pause, "aria-pressed", String(now.paused));
    step.disabled = !now.paused;
    if (document.activeElement !== speed) speed.value = String(Math.max(0, SPEEDS.findIndex((each) => each >= now.hopMillis)));
    say(said, now.paused ? "paused" : now.hopMillis === 0 ? "full speed" : `${span(now.hopMillis)} a hop`);
    say(where, now.held ? `${now.held.node} is about to pass the token to ${now.held.to}.` : now.paused ? "The token is on its way, or somebody writes." : "");
  };
  /** @param {Partial<Motion>} change */
  const set = (change) => attempt(problem, async () =>
    show(await call("PUT", "/motion", { paused: motion.paused, hopMillis: motion.hopMillis, ...change })));
  const look = async () => {
    try {
      show(await call("GET", "/motion"));
    } catch (refused) {
      if (refused instanceof Refused && refused.isForAdmins) {
        clearInterval(timer);
        element.replaceChildren(closed(refused));
      } // otherwise the header says that the gateway is away
    }
  };

  element.append(html("section", { class: "panel motion", "aria-label": "Slow motion" },
    html("h2", {}, "Slow motion"), html("div", { class: "row" }, pause, step, speed, said), where, problem));
  show(motion);
  const timer = setInterval(look, LOOK_EVERY);
  look();
  return () => clearInterval(timer);
}
