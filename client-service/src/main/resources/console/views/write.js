// @ts-check
import { html, say, span } from "../dom.js";
import { ask } from "../gateway.js";
import { complaint } from "../answers.js";
import { millisOf } from "../cluster.js";
import { pathOf } from "./write-path.js";

/** @typedef {import("../cluster.js").State} State */

const KEPT = 6;

/** A random name for a request; made here, so that the page can ask what became of it. */
function requestId() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `console-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** Writes, tells why a write waits while it does, and shows its receipt with the way it took. */
export class WriteForm {
  #cluster; #written;
  /** @type {Map<string, {says: HTMLElement, began: number}>} */ #pending = new Map();
  #key = html("input", { name: "key", required: true, value: "R1", autocomplete: "off", maxlength: 1024 });
  #value = html("textarea", { name: "value", rows: 3 });
  #list = html("ol", { class: "receipts", "aria-live": "polite" });
  #ended = false;

  /** @param {import("../cluster.js").Cluster} cluster @param {() => void} written */
  constructor(cluster, written) {
    this.#cluster = cluster;
    this.#written = written;
    this.element = html("div", {},
      html("form", { class: "write-form", submit: (event) => (event.preventDefault(), this.#write()) },
        html("label", {}, "Key", this.#key), html("label", {}, "Value", this.#value),
        html("div", {}, html("button", { class: "main", type: "submit" }, "Write"))), this.#list);
  }

  end() {
    this.#ended = true;
  }

  async #write() {
    const id = requestId();
    const key = /** @type {HTMLInputElement} */ (this.#key).value;
    const says = html("p", { class: "small" }, "On its way to the gateway.");
    const item = html("li", { class: "waits" }, html("p", { class: "row" }, html("strong", {}, key), html("span", { class: "badge wait" }, "waiting")), says);
    this.#list.prepend(item);
    while (this.#list.children.length > KEPT) this.#list.lastElementChild?.remove();
    const began = performance.now();
    this.#pending.set(id, { says, began });
    const answer = await ask(`/v1/kv/${encodeURIComponent(key)}`, {
      method: "PUT", body: /** @type {HTMLTextAreaElement} */ (this.#value).value,
      headers: { "Content-Type": "text/plain;charset=UTF-8", "Idempotency-Key": id, "Ringstore-Client": "console", Prefer: "wait=30" },
    }).catch(() => null);
    this.#pending.delete(id);
    if (answer?.ok) this.#receipt(item, await answer.json(), answer, performance.now() - began);
    else item.replaceChildren(html("p", { class: "row" }, html("strong", {}, key), html("span", { class: "badge down" }, "not acknowledged")),
      html("p", { class: "small" }, await complaint(answer), ` Its request id is `, html("code", {}, id), "."));
    item.className = "";
    if (!this.#ended) this.#written();
  }

  /** @param {HTMLElement} item @param {any} receipt @param {Response} answer @param {number} took */
  #receipt(item, receipt, answer, took) {
    const stores = this.#cluster.state?.store ?? [];
    const name = (/** @type {number} */ index) => stores[index]?.id ?? `store-${index}`;
    const primary = name(receipt.store.primary);
    const backups = stores.map((store) => store.id).filter((id) => id !== primary);
    const sync = this.#cluster.state?.ring.nodes[receipt.token.sync]?.id ?? `sync-${receipt.token.sync}`;
    const way = ["gateway", sync, name(receipt.store.via), ...(name(receipt.store.via) === primary ? [] : [primary])];
    const steps = pathOf(sync, name(receipt.store.via), primary, backups).map(({ step }) => step);
    const parts = [...(answer.headers.get("Server-Timing") ?? "").matchAll(/(\w+);dur=([\d.]+)/g)].map(([, part, millis]) => `${part} ${Number(millis).toFixed(1)} ms`);
    item.replaceChildren(
      html("p", { class: "row" }, html("strong", {}, receipt.key), html("span", { class: "badge write" }, "committed"),
        html("span", { class: "soft small" }, `in ${span(took)}${parts.length ? `: ${parts.join(", ")}` : ""}`)),
      html("p", { class: "way" }, ...way.flatMap((stop, at) => at === 0 ? [stop] : [html("span", { class: "soft", "aria-hidden": "true" }, " → "), stop]),
        html("span", { class: "soft small" }, [...new Set(steps)].join(" "))),
      html("dl", { class: "receipt small" }, ...[["Revision", receipt.revision], ["Fence", `${receipt.token.epoch}.${receipt.token.hop}`],
        ["Term", receipt.store.term], ["Request", receipt.requestId]].map(([what, is]) => html("div", {}, html("dt", {}, what), html("dd", { class: "mono" }, is)))));
  }

  /** @param {State} state */
  explain(state) {
    for (const [id, { says, began }] of this.#pending) {
      const waited = performance.now() - began;
      if (waited > 300) say(says, `For ${span(waited)}. ${whyWaiting(id, state)}`);
    }
  }
}

/** Why a write is not answered yet, from what the cluster says of itself. @param {string} id @param {State} state */
export function whyWaiting(id, state) {
  const up = state.store.filter((node) => node.status === "UP");
  const waiting = state.pending.oldest.find((write) => write.requestId === id);
  const store = up.length * 2 <= state.store.length ? `The store has no majority: ${up.length} of ${state.store.length} nodes answer, and nothing can be committed.`
    : up.some((node) => node.role === "PRIMARY") ? `The store answers (${up.length} of ${state.store.length}, with a primary).` : "The store is electing a primary.";
  const token = `The token was last seen at ${state.ring.holder ?? "nobody"}.`;
  if (!waiting) return `${state.pending.count > state.pending.oldest.length ? `It is among ${state.pending.count} writes that wait at this gateway.` : "The gateway has not begun it, or is just answering."} ${store}`;
  if (!waiting.node) return `It is between two sync nodes: ${waiting.attempts} could not decide it. ${store} ${token}`;
  const node = state.ring.nodes.find((each) => each.id === waiting.node);
  return `${atNode(waiting.node, node)} ${store} ${token}`;
}

/** @param {string} id @param {import("../cluster.js").SyncNode | undefined} node */
function atNode(id, node) {
  if (!node || node.status !== "UP") return `It was brought to ${id}, which does not answer now.`;
  if (node.blocked) return `It is at ${id}, which cannot reach the store and lets the token pass.`;
  if (node.phase === "CRITICAL") return `${id} is in the critical section and writing.`;
  const oldest = node.oldest === null ? "" : `, the oldest for ${span(Math.max(0, Date.now() - millisOf(node.oldest)))}`;
  return `It waits at ${id} for the token, one of ${node.queue ?? "?"} there${oldest}.`;
}
