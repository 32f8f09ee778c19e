// @ts-check
import { html, say } from "../dom.js";
import { ask } from "../gateway.js";
import { complaint, shortValue } from "../answers.js";

const PAGE = 200;
const KEPT = 2_000;
const PAUSE = 500;
const BEYOND = Number.MAX_SAFE_INTEGER;

/** The newest records of the log, as they come, with search; older ones are read when asked for. */
export class LogList {
  /** @type {any[]} */ #records = [];
  #next = 0;
  #timer = 0;
  #reading = false;
  #again = false;
  #ended = false;
  #search = html("input", { type: "search", placeholder: "key, value, client or request", autocomplete: "off", spellcheck: "false", input: () => this.#show() });
  #rows = html("tbody");
  #status = html("p", { class: "soft small", role: "status" });
  #older = html("button", { type: "button", click: () => this.#readOlder() }, "Older records");

  constructor() {
    this.element = html("div", {}, html("label", { class: "search" }, "Search", this.#search), this.#status,
      html("div", { class: "scroll records", tabindex: 0, role: "region", "aria-label": "Records of the log" },
        html("table", {}, html("thead", {}, html("tr", {}, ...["Revision", "Key", "Value", "Fence", "Written by", "Client", "Stored"]
          .map((column) => html("th", { scope: "col" }, column)))), this.#rows)),
      html("p", {}, this.#older));
  }

  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  /** Reads what is new, not more than a few times a second. */
  follow() {
    this.#again = true;
    if (this.#timer || this.#reading || this.#ended) return;
    this.#timer = setTimeout(() => ((this.#timer = 0), this.#read()), this.#next === 0 ? 0 : PAUSE);
  }

  async #read() {
    this.#reading = true;
    this.#again = false;
    if (this.#next === 0) await this.#begin();
    const page = this.#next === 0 ? null : await this.#page(this.#next, PAGE);
    this.#reading = false;
    if (this.#ended || !page) return;
    this.#records = [...page.records.reverse(), ...this.#records].slice(0, KEPT);
    this.#next = page.next;
    this.#show();
    if (page.next <= page.last || this.#again) this.follow();
  }

  async #begin() {
    const page = await this.#page(BEYOND, 1);
    if (page) this.#next = Math.max(1, page.last - PAGE + 1);
  }

  async #readOlder() {
    const oldest = this.#records.at(-1)?.revision ?? this.#next;
    const from = Math.max(1, oldest - PAGE);
    const page = oldest > 1 ? await this.#page(from, PAGE) : null;
    if (page) this.#records.push(...page.records.filter((/** @type {any} */ record) => record.revision < oldest).reverse());
    this.#show();
  }

  /** @param {number} from @param {number} limit @returns {Promise<any>} */
  async #page(from, limit) {
    const answer = await ask(`/v1/log?from=${from}&limit=${limit}`).catch(() => null);
    if (answer?.ok) return answer.json();
    if (answer?.status === 410 && limit > 1) {
      const oldest = (await answer.json()).compactedRevision;
      return oldest >= from ? this.#page(oldest + 1, limit) : null;
    }
    say(this.#status, await complaint(answer));
    return null;
  }

  #show() {
    const wanted = /** @type {HTMLInputElement} */ (this.#search).value.toLowerCase();
    const found = wanted === "" ? this.#records : this.#records.filter((record) =>
      [record.key, record.value, record.client, record.requestId].some((text) => text?.toLowerCase().includes(wanted)));
    this.#rows.replaceChildren(...found.slice(0, 300).map(row));
    say(this.#status, this.#records.length === 0 ? "Nothing was written yet." : `${found.length} of the latest ${this.#records.length} records${found.length > 300 ? ", the newest 300 shown" : ""}`);
    this.#older.toggleAttribute("disabled", (this.#records.at(-1)?.revision ?? 1) <= 1);
  }
}

/** @param {any} record */
const row = (record) => html("tr", { "data-revision": record.revision }, html("th", { scope: "row" }, record.revision), html("td", { class: "mono key" }, record.key),
  html("td", {}, record.op === "delete" ? html("span", { class: "badge" }, "deleted") : shortValue(record)),
  html("td", { class: "mono" }, `${record.token.epoch}.${record.token.hop}`), html("td", {}, `sync-${record.token.sync}`),
  html("td", {}, record.client ?? "–"), html("td", { class: "mono" }, record.storedAt.slice(11, 23)));
