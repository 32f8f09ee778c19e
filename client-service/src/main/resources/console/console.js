// @ts-check
/**
 * @typedef {{id: string, index: number, status: string, phase: ?string, queue: ?number}} SyncNode
 * @typedef {{size: number, epoch: number, hop: number, holder: ?string, vector: (?number)[], nodes: SyncNode[]}} Ring
 * @typedef {{id: string, status: string, role: string, term: ?number, commit: ?number, lag: ?number}} StoreNode
 */
const PERIOD = 400;
const PATIENCE = 3000;
const SVG = "http://www.w3.org/2000/svg";
let seenAt = 0;
let running = false;

/** @param {string} id */
const at = (id) => /** @type {Element} */ (document.getElementById(id));

/** @param {string} path */
async function ask(path) {
  const answer = await fetch(path, { signal: AbortSignal.timeout(PATIENCE), cache: "no-store" });
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
  return answer.json();
}

/** @param {string} name @param {Record<string, string|number>} attributes @param {string} [text] */
function shape(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** @param {(string|number|null|undefined)[]} cells @param {boolean} down */
function row(cells, down) {
  const made = document.createElement("tr");
  made.className = down ? "down" : "";
  cells.forEach((cell, column) => {
    const box = document.createElement(column === 0 ? "th" : "td");
    if (column === 0) box.setAttribute("scope", "row");
    box.textContent = String(cell ?? "–");
    made.append(box);
  });
  return made;
}

/** @param {Ring} ring */
function showRing(ring) {
  at("summary").textContent = `epoch ${ring.epoch} · hop ${ring.hop} · token last seen at ${ring.holder ?? "nobody"}`;
  const nodes = ring.nodes.map((node) => {
    const angle = (2 * Math.PI * node.index) / ring.size - Math.PI / 2;
    const state = `${node.status === "UP" ? "" : " down"}${node.id === ring.holder ? " holder" : ""}`;
    const group = shape("g", { class: `node${state}`,
      transform: `translate(${100 * Math.cos(angle)} ${100 * Math.sin(angle)})` });
    group.append(shape("circle", { r: 30 }), shape("text", { y: -3 }, node.id),
      shape("text", { y: 10 }, node.phase ?? node.status));
    return group;
  });
  at("ring").replaceChildren(shape("circle", { class: "path", r: 100 }), ...nodes);
  at("sync").replaceChildren(...ring.nodes.map((node) =>
    row([node.id, node.status, node.phase, ring.vector[node.index], node.queue], node.status !== "UP")));
}

/** @param {StoreNode[]} stores */
function showStores(stores) {
  at("store").replaceChildren(...stores.map((node) =>
    row([node.id, node.status, node.role, node.term, node.commit, node.lag], node.status !== "UP")));
}

/** Asks again and again while somebody looks; a hidden page asks nothing. */
async function watch() {
  if (running) return;
  running = true;
  while (!document.hidden) {
    try {
      const [ring, cluster] = await Promise.all([ask("/v1/ring"), ask("/v1/cluster")]);
      showRing(ring);
      showStores(cluster.store);
      seenAt = Date.now();
      at("freshness").textContent = "";
    } catch {
      at("freshness").textContent = seenAt === 0 ? "The gateway does not answer"
        : `Stale: last seen ${new Date(seenAt).toLocaleTimeString()}`;
    }
    await new Promise((done) => setTimeout(done, PERIOD));
  }
  running = false;
}

document.addEventListener("visibilitychange", watch);
watch();
