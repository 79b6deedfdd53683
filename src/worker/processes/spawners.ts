import { Spawner, type SpawnerOptions } from "./spawner.ts";

/** Interpreters that stay loaded beside the worker's own. */
const MOST_KEPT = 8;

/** The spawners of a worker: its own, and one for each virtual environment that was used lately. */
export class Spawners {
  readonly own: Spawner;
  readonly #options: SpawnerOptions;
  /** The one used last stands last. */
  readonly #ofEnvironments = new Map<string, Spawner>();

  constructor(options: SpawnerOptions) {
    this.#options = options;
    this.own = new Spawner(options);
  }

  /** The spawner whose Python is that of a virtual environment; null: the worker's own. */
  of(python: string | null): Spawner {
    if (python === null) return this.own;
    const spawner =
      this.#ofEnvironments.get(python) ?? new Spawner({ ...this.#options, python: () => Promise.resolve(python) });
    this.#ofEnvironments.delete(python);
    this.#makeRoom();
    this.#ofEnvironments.set(python, spawner);
    return spawner;
  }

  async close(): Promise<void> {
    await Promise.all([this.own, ...this.#ofEnvironments.values()].map((spawner) => spawner.close()));
  }

  /** Lets the one go that has not been used for the longest time, as long as there are more than are kept. */
  #makeRoom(): void {
    for (const [python, spawner] of this.#ofEnvironments) {
      if (this.#ofEnvironments.size < MOST_KEPT) return;
      if (!spawner.idle) continue;
      this.#ofEnvironments.delete(python);
      void spawner.close();
    }
  }
}
