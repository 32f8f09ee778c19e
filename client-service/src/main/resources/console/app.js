// @ts-check
import { Cluster } from "./cluster.js";
import { html, mark, say } from "./dom.js";
import { hasToken, useToken } from "./gateway.js";
import { signIn } from "./sign-in.js";
import * as ring from "./views/ring.js";
import * as timeline from "./views/timeline.js";
import * as data from "./views/data.js";

/**
 * What every view is. A view is mounted while its tab is the current one, and must end its listeners and timers in unmount.
 *
 * @typedef {object} View
 * @property {string} title what its tab says
 * @property {(element: HTMLElement, cluster: Cluster) => void} mount fills the element
 * @property {() => void} unmount
 */

/** @type {Record<string, View>} by location hash */
const views = { ring, timeline, data };

/** The lab's views; a gateway without a lab has none of them. */
const LAB_VIEWS = ["workload", "scenarios", "labs"];

const cluster = new Cluster();
/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** The view whose tab is the current one; empty while there is none. */
let current = "";
/** @type {?View} */ let shown = null;
const signingIn = signIn(() => cluster.restart());

function showTabs() {
  at("tabs").replaceChildren(...Object.entries(views).map(([name, view]) => html("a", { href: `#${name}` }, view.title)));
  markTab();
}

function markTab() {
  for (const tab of at("tabs").children) {
    const isCurrent = tab.getAttribute("href") === `#${current}`;
    mark(tab, "aria-current", isCurrent ? "page" : null);
    if (isCurrent) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

function go() {
  const wanted = location.hash.slice(1).split("/")[0];
  if (wanted === "view") return; // the skip link
  const name = cluster.link === "locked" ? "" : wanted in views ? wanted : current || "ring";
  const view = name ? views[name] : signingIn;
  if (view === shown) return;
  shown?.unmount();
  shown = view;
  current = name;
  const element = html("div", { class: `view view-${name || "sign-in"}` });
  at("view").replaceChildren(element);
  view.mount(element, cluster);
  document.title = `${view.title} · Ringstore`;
  markTab();
}

/** Left and right move between the tabs, as everybody tries. @param {KeyboardEvent} event */
function moveBetweenTabs(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const tabs = /** @type {HTMLElement[]} */ ([...at("tabs").children]);
  const from = tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (step === undefined || from < 0) return;
  event.preventDefault();
  tabs[(from + step + tabs.length) % tabs.length].focus();
}

function showLink() {
  const seen = new Date(Date.now() - (performance.now() - cluster.heardAt)).toLocaleTimeString();
  say(at("link"), { live: "Live", connecting: "Connecting", locked: "Token needed", stale: `Stale: last heard at ${seen}, reconnecting` }[cluster.link]);
  at("link").dataset.link = cluster.link;
  document.body.dataset.link = cluster.link;
  at("forget").hidden = !hasToken();
}

function forgetToken() {
  useToken("");
  cluster.restart();
}

const THEMES = ["auto", "light", "dark"];

/** @param {string} theme */
function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  say(at("theme"), `Theme: ${theme}`);
  try {
    localStorage.setItem("ringstore.theme", theme);
  } catch { /* a browser may keep nothing */ }
}

function storedTheme() {
  try {
    return localStorage.getItem("ringstore.theme") ?? "auto";
  } catch {
    return "auto";
  }
}

function awaitLab() {
  const end = cluster.on("state", (state) => {
    if (!state.lab) return;
    end();
    loadLab().catch(awaitLab);
  });
}

/** @returns {Promise<void>} */
async function loadLab() {
  const looks = html("link", { rel: "stylesheet", href: "/console/lab/lab.css" });
  document.head.append(looks);
  await new Promise((loaded, failed) => {
    looks.addEventListener("load", loaded);
    looks.addEventListener("error", failed);
  });
  for (const name of LAB_VIEWS) views[name] = await import(`./lab/${name}.js`);
  showTabs();
  go();
}

setTheme(storedTheme());
at("theme").addEventListener("click", () =>
  setTheme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme ?? "auto") + 1) % THEMES.length]));
at("tabs").addEventListener("keydown", moveBetweenTabs);
at("forget").addEventListener("click", forgetToken);
cluster.on("link", () => (showLink(), go()));
awaitLab();
addEventListener("hashchange", go);
showTabs();
showLink();
go();
cluster.start();
