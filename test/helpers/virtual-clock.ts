import type { Clock } from "../../src/lib/clock.ts";

interface Timer {
  at: number;
  fire: () => void;
}

/** Time that jumps to the next timer as soon as nothing else is left to do. */
export class VirtualClock implements Clock {
  #now: number;
  #timers: Timer[] = [];
  #ticking = false;

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        reject(signal?.reason);
      };
      const fire = () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const timer: Timer = { at: this.#now + milliseconds, fire };
      this.#timers.push(timer);
      signal?.addEventListener("abort", stop, { once: true });
      this.#tick();
    });
  }

  #tick(): void {
    if (this.#ticking) return;
    this.#ticking = true;
    setImmediate(() => {
      this.#ticking = false;
      this.#timers.sort((a, b) => a.at - b.at);
      const next = this.#timers.shift();
      if (!next) return;
      this.#now = Math.max(this.#now, next.at);
      next.fire();
      if (this.#timers.length > 0) this.#tick();
    });
  }
}
