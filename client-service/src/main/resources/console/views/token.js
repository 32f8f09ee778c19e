// @ts-check
/**
 * Moves the token round the ring. Samples come a few times a second, hops up to hundreds of times: the token follows the
 * samples smoothly, and of a ring that turns faster than an eye can follow it shows that it turns, not how often.
 */
export class TokenMotion {
  /** Hops per second, as the samples have it. */
  rate = 0;

  #dot; #radius; #onRate;
  #size = 0;
  #hop = -1;
  #sampledAt = 0;
  #shown = 0;
  #frame = 0;
  #last = 0;
  #still = matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {Element} dot @param {number} radius @param {(rate: number) => void} onRate */
  constructor(dot, radius, onRate) {
    this.#dot = dot;
    this.#radius = radius;
    this.#onRate = onRate;
  }

  /** @param {number} hop @param {number} size nodes of the ring */
  sampled(hop, size) {
    const now = performance.now();
    const known = size === this.#size && this.#hop >= 0;
    const since = (now - this.#sampledAt) / 1_000;
    const latest = known && since < 2 ? Math.max(0, hop - this.#hop) / Math.max(since, .02) : 0;
    this.rate = known ? this.rate + (latest - this.rate) * .3 : 0;
    if (this.rate < .05) this.rate = 0;
    if (!known || this.#still.matches) this.#shown = ((hop % size) + size) % size;
    this.#size = size;
    this.#hop = hop;
    this.#sampledAt = now;
    this.#onRate(this.rate);
    this.#draw();
    if (!this.#frame && !this.#still.matches) this.#request();
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #request() {
    this.#last = performance.now();
    this.#frame = requestAnimationFrame((now) => this.#step(now));
  }

  /** @param {number} now */
  #step(now) {
    const elapsed = Math.min(.1, Math.max(0, now - this.#last) / 1_000);
    this.#last = now;
    const fastest = this.#size * 2;
    const gap = this.#gap();
    const running = this.rate > fastest;
    const way = running ? fastest * elapsed : Math.min(gap, Math.min(fastest, gap * 8 + .2) * elapsed);
    this.#shown = (this.#shown + way) % this.#size;
    this.#draw();
    const stale = performance.now() - this.#sampledAt > 1_500;
    if (stale || (!running && this.#gap() < .002)) this.#frame = 0;
    else this.#frame = requestAnimationFrame((next) => this.#step(next));
  }

  /** How far the token is behind, going round; a rounding error is not a whole rotation. */
  #gap() {
    const gap = (((this.#hop - this.#shown) % this.#size) + this.#size) % this.#size;
    return gap > this.#size - .001 ? 0 : gap;
  }

  #draw() {
    const angle = (2 * Math.PI * this.#shown) / this.#size - Math.PI / 2;
    this.#dot.setAttribute("transform", `translate(${(this.#radius * Math.cos(angle)).toFixed(1)} ${(this.#radius * Math.sin(angle)).toFixed(1)})`);
  }
}
