// @ts-check
import { html } from "../dom.js";
import { KeyBrowser } from "./keys.js";
import { LogList } from "./log.js";
import { WriteForm } from "./write.js";

export const title = "Data";

/** @type {(() => void)[]} */ let ends = [];

/** @param {HTMLElement} element @param {import("../cluster.js").Cluster} cluster */
export function mount(element, cluster) {
  const log = new LogList();
  const keys = new KeyBrowser();
  const form = new WriteForm(cluster, () => {
    log.follow();
    keys.read();
  });
  element.append(html("div", { class: "data-grid" },
    html("section", { class: "panel", "aria-labelledby": "write-form-h" }, html("h2", { id: "write-form-h" }, "Write"), form.element),
    html("section", { class: "panel", "aria-labelledby": "keys-h" }, html("h2", { id: "keys-h" }, "Keys"), keys.element),
    html("section", { class: "panel wide", "aria-labelledby": "log-h" }, html("h2", { id: "log-h" }, "Log"), log.element)));
  let commit = -1;
  ends = [cluster.on("state", (state) => {
    const newest = Math.max(...state.store.map((/** @type {any} */ node) => node.commit ?? -1));
    if (newest !== commit) log.follow();
    commit = newest;
    form.explain(state);
  }), () => form.end(), () => log.end()];
  log.follow();
  keys.read();
}

export function unmount() {
  for (const end of ends) end();
}
