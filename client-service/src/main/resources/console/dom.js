// @ts-check
/** Small helpers to make elements; text is always text, never markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Node | string | number | null | undefined} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes
 */

/**
 * Fills an element; attributes that are functions listen to the event of that name.
 * @template {Element} E
 * @param {E} element @param {Attributes} attributes @param {Child[]} children
 * @returns {E}
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child !== null && child !== undefined) element.append(child instanceof Node ? child : String(child));
  return element;
}

/** @param {string} name @param {Attributes} [attributes] @param {Child[]} children @returns {HTMLElement} */
export const html = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);

/** @param {string} name @param {Attributes} [attributes] @param {Child[]} children @returns {SVGElement} */
export const svg = (name, attributes = {}, ...children) =>
  fill(/** @type {SVGElement} */ (document.createElementNS(SVG, name)), attributes, children);

/** A text whose names of nodes stay whole at the end of a line. @param {string} text @returns {Child[]} */
export const named = (text) => text.split(/(\b(?:sync|store|client)-\d+)/).map((part, at) => (at % 2 ? html("span", { class: "name" }, part) : part));

/** Sets what has changed only, so that nothing is laid out for nothing. @param {Element} element @param {string} text */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {string} name @param {string | number | null} value null takes it away */
export function mark(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

/** Hands a file to the person. @param {string} name @param {string} type @param {string} content */
export function download(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  html("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** Milliseconds for people. @param {number} millis */
export const span = (millis) =>
  millis < 1_000 ? `${Math.round(millis)} ms` : millis < 60_000 ? `${(millis / 1_000).toFixed(1)} s` : `${Math.round(millis / 60_000)} min`;
