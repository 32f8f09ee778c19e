// @ts-check
import { html, say } from "../dom.js";
import { ask } from "../gateway.js";
import { complaint, shortValue } from "../answers.js";

const PAGE = 50;

/** The keys with a prefix, a page at a time, all as of one revision. */
export class KeyBrowser {
  #cursor = "";
  #asked = 0;
  #prefix = html("input", { type: "search", placeholder: "all keys", autocomplete: "off", spellcheck: "false", input: () => this.read() });
  #rows = html("tbody");
  #status = html("p", { class: "soft small", role: "status" });
  #more = html("button", { type: "button", click: () => this.#page(this.#cursor) }, "More keys");

  constructor() {
    this.element = html("div", {}, html("label", { class: "search" }, "Prefix", this.#prefix), this.#status,
      html("div", { class: "scroll records", tabindex: 0, role: "region", "aria-label": "Keys and values" },
        html("table", {}, html("thead", {}, html("tr", {}, ...["Key", "Value", "Revision", "Bytes"].map((column) => html("th", { scope: "col" }, column)))), this.#rows)),
      html("p", {}, this.#more));
  }

  /** From the first one on. */
  read() {
    return this.#page("");
  }

  /** @param {string} cursor */
  async #page(cursor) {
    const asked = ++this.#asked;
    const query = new URLSearchParams({ prefix: /** @type {HTMLInputElement} */ (this.#prefix).value, limit: String(PAGE), values: "true" });
    if (cursor) query.set("cursor", cursor);
    const answer = await ask(`/v1/kv?${query}`).catch(() => null);
    if (asked !== this.#asked) return; // something newer was asked meanwhile
    if (!answer?.ok) return say(this.#status, await complaint(answer));
    const { revision, items, cursor: next } = await answer.json();
    const rows = items.map((/** @type {any} */ item) => html("tr", {}, html("th", { scope: "row", class: "mono key" }, item.key),
      html("td", {}, shortValue(item)), html("td", {}, item.revision), html("td", {}, item.size)));
    if (cursor) this.#rows.append(...rows);
    else this.#rows.replaceChildren(...rows);
    this.#cursor = next ?? "";
    this.#more.toggleAttribute("disabled", !next);
    say(this.#status, `${this.#rows.children.length} keys${next ? ", there are more" : ""}, as of revision ${revision}`);
  }
}
