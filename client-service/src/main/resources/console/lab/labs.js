// @ts-check
import { html } from "../dom.js";
import { LABS, WORDS } from "./lab-texts.js";
import { mountMotion } from "./motion.js";
import { RingPicture } from "../views/ring-picture.js";

export const title = "Labs";

/** @typedef {"en" | "pt"} Language */

/** The views, as the texts name them. */
const VIEWS = /\b(Ring|Timeline|Data|Workload|Scenarios)\b/;

let current = 0;
/** @type {Language} */
let language = navigator.language.startsWith("pt") ? "pt" : "en";
/** @type {(() => void)[]} */ let ends = [];

/** @param {HTMLElement} element @param {import("../cluster.js").Cluster} cluster */
export function mount(element, cluster) {
  const picture = new RingPicture(cluster);
  const motion = html("div");
  const list = html("nav", { class: "guide-list" });
  const guide = html("article", { class: "panel guide" });
  element.append(list, html("div", { class: "guides" }, guide,
    html("div", { class: "stack" }, motion, html("section", { class: "panel", "aria-label": "The ring" }, picture.element))));
  ends = [mountMotion(motion), () => picture.stop()];
  show(list, guide);
}

export function unmount() {
  for (const end of ends) end();
}

/** @param {HTMLElement} list @param {HTMLElement} guide */
function show(list, guide) {
  const words = WORDS[language];
  const lab = LABS[current][language];
  const other = language === "en" ? "pt" : "en";
  list.lang = guide.lang = language;
  list.setAttribute("aria-label", words.labs);
  list.replaceChildren(
    ...LABS.map((each, at) => html("button", {
      type: "button", "aria-pressed": String(at === current),
      click: () => {
        current = at;
        show(list, guide);
      },
    }, `${at + 1}. ${each[language].title}`)),
    html("button", {
      type: "button", class: "quiet language", lang: other,
      click: () => {
        language = other;
        show(list, guide);
      },
    }, WORDS[other].name));
  guide.replaceChildren(
    html("h2", {}, `${current + 1}. ${lab.title}`),
    html("p", {}, lab.about),
    html("h3", {}, words.experiment), html("ol", {}, ...lab.steps.map((step) => html("li", {}, ...linked(step)))),
    html("h3", {}, words.question), html("p", {}, lab.question),
    html("h3", {}, words.look), html("p", {}, ...linked(lab.look)));
}

/** @param {string} text */
const linked = (text) => text.split(VIEWS).map((part, at) => (at % 2 ? html("a", { href: `#${part.toLowerCase()}`, lang: "en" }, part) : part));
