// @ts-check
import { html } from "./dom.js";

/** What a failed call says, for people. @param {Response | null} answer */
export async function complaint(answer) {
  if (!answer) return "The gateway does not answer.";
  const problem = await answer.json().catch(() => null);
  return problem ? `${problem.title}. ${problem.detail ?? ""}${problem.outcome ? ` Outcome: ${problem.outcome}.` : ""}` : `The gateway answers ${answer.status}.`;
}

/** A cell that may hold much. @param {{value?: string | null, valueBase64?: string | null}} record */
export function shortValue(record) {
  const text = record.value ?? (record.valueBase64 ? `base64 ${record.valueBase64}` : "");
  return html("span", { class: "mono value", title: text.length > 80 ? text.slice(0, 2_000) : null }, text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

