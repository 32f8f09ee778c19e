// @ts-check
export const title = "Ring";

/** @param {HTMLElement} element @param {import("../cluster.js").Cluster} cluster */
export function mount(element, cluster) {
  element.textContent = cluster.link;
}

export function unmount() {}
