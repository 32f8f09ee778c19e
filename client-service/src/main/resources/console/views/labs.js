// @ts-check
import { html } from "../dom.js";
import { LABS, WORDS } from "./lab-texts.js";

export const title = "Labs";

/** @typedef {"en" | "pt"} Language */

let current = 0;
/** @type {Language} */
let language = navigator.language.startsWith("pt") ? "pt" : "en";

/** @param {HTMLElement} element */
export function mount(element) {
  show(element);
}

export function unmount() {}

/** @param {HTMLElement} element */
function show(element) {
  const words = WORDS[language];
  const lab = LABS[current][language];
  const other = language === "en" ? "pt" : "en";
  element.lang = language;
  element.replaceChildren(
    html("nav", { class: "guide-list", "aria-label": words.labs },
      ...LABS.map((each, at) => html("button", {
        type: "button", "aria-pressed": String(at === current),
        click: () => {
          current = at;
          show(element);
        },
      }, `${at + 1}. ${each[language].title}`)),
      html("button", {
        type: "button", class: "quiet language", lang: other,
        click: () => {
          language = other;
          show(element);
        },
      }, WORDS[other].name)),
    html("article", { class: "panel guide" },
      html("h2", {}, `${current + 1}. ${lab.title}`),
      html("p", {}, lab.about),
      html("h3", {}, words.experiment), html("ol", {}, ...lab.steps.map((step) => html("li", {}, step))),
      html("h3", {}, words.question), html("p", {}, lab.question),
      html("h3", {}, words.look), html("p", {}, lab.look)));
}
