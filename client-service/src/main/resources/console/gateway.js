// @ts-check
/** Calls to the gateway, with the API token of whoever looks, where the gateway asks for one. */

const KEPT_AS = "ringstore.token";

/** What a header can carry; anything else is no token. */
const TOKEN = /^[\x21-\x7e]{1,255}$/;

let token = kept();

function kept() {
  try {
    return sessionStorage.getItem(KEPT_AS) ?? "";
  } catch {
    return ""; // a browser may keep nothing
  }
}

export const hasToken = () => token !== "";

/** Sent with every call from now on; kept until the tab is closed, and told to nobody else. @param {string} given empty to forget it */
export function useToken(given) {
  token = given;
  try {
    if (given) sessionStorage.setItem(KEPT_AS, given);
    else sessionStorage.removeItem(KEPT_AS);
  } catch { /* then it lasts as long as the page */ }
}

/** @param {string} path @param {RequestInit} [init] @param {string} [as] another token than the one in use */
export function ask(path, init = {}, as = token) {
  const headers = new Headers(init.headers);
  if (TOKEN.test(as)) headers.set("Authorization", `Bearer ${as}`);
  return fetch(path, { ...init, headers });
}

/** The gateway lets nobody in without a token that it knows. */
export class NotLetIn extends Error {}

/**
 * Reads a stream of server-sent events until it ends. An EventSource could not send a token.
 * @param {string} path @param {AbortSignal} signal ends it
 * @param {(event: string, data: any) => void} listener
 */
export async function listen(path, signal, listener) {
  const answer = await ask(path, { signal, cache: "no-store" });
  if (answer.status === 401) throw new NotLetIn();
  if (!answer.ok || !answer.body) throw new Error(`The gateway answers ${answer.status}.`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const events = (rest + read.value).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/m.exec(event) ?? [];
      if (name) listener(name, JSON.parse(data));
    }
  }
}
