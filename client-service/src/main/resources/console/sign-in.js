// @ts-check
import { complaint } from "./answers.js";
import { html, say } from "./dom.js";
import { ask, useToken } from "./gateway.js";

/**
 * What is shown instead of a view while the gateway lets nobody in without a token.
 * @param {() => void} letIn called once the gateway takes one
 * @returns {import("./app.js").View}
 */
export const signIn = (letIn) => ({
  title: "Sign in",
  mount(element) {
    const field = /** @type {HTMLInputElement} */ (html("input", { name: "token", type: "password", required: true, autocomplete: "off", spellcheck: "false" }));
    const problem = html("p", { class: "problem", role: "alert" });
    element.append(html("form", { class: "panel sign-in", submit: (event) => (event.preventDefault(), tryToken(field.value.trim(), problem, letIn)) },
      html("h2", {}, "This gateway asks who you are"),
      html("p", { class: "soft" }, "An API token tells it; ", html("code", {}, "./ringstore token"),
        " makes one. It is kept in this tab until you close it, and sent to this gateway only."),
      html("label", {}, "API token", field), problem, html("div", {}, html("button", { class: "main", type: "submit" }, "Sign in"))));
    field.focus();
  },
  unmount() {},
});

/** @param {string} token @param {HTMLElement} problem @param {() => void} letIn */
async function tryToken(token, problem, letIn) {
  const answer = await ask("/v1/ring", {}, token).catch(() => null);
  if (!answer) return say(problem, await complaint(null));
  if (answer.status === 401) return say(problem, "The gateway does not know this token.");
  useToken(token);
  letIn();
}
