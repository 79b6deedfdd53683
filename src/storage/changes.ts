/** Something that others may wait for. */
export type Topic =
  /** The execution's status, events or operations changed. */
  | `execution:${string}`
  /** A worker was asked to cancel, kill or resume the execution. */
  | `control:${string}`
  /** An execution, or the installation of a plugin, waits for a worker. */
  | "queue"
  /** Somebody changed something, and it was written down. */
  | "audit"
  /** A schedule was made or changed. */
  | "schedules";

/**
 * Tells what changed, within this process and to the other one. A word can be lost when a process ends; when the two
 * meet again, whoever waits is woken, so a listener reads the database and takes its word for what happened.
 */
export interface Changes {
  publish(topics: Iterable<Topic>): void;
  /** Calls for each published topic of these; returns what ends it. */
  subscribe(topics: readonly Topic[], listener: (topic: Topic) => void): () => void;
  /** Resolves when one of the topics is published; rejects with the signal's reason. */
  wait(topics: readonly Topic[], signal: AbortSignal): Promise<Topic>;
}

/** Within one process only. */
export class LocalChanges implements Changes {
  readonly #listeners = new Map<Topic, Set<(topic: Topic) => void>>();

  publish(topics: Iterable<Topic>): void {
    this.tell(topics);
  }

  /** Calls the listeners here. */
  tell(topics: Iterable<Topic>): void {
    for (const topic of new Set(topics)) {
      for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener(topic);
    }
  }

  /** Tells everyone who waits for something here that it may have happened. */
  wakeAll(): void {
    this.tell([...this.#listeners.keys()]);
  }

  subscribe(topics: readonly Topic[], listener: (topic: Topic) => void): () => void {
    for (const topic of topics) {
      const listeners = this.#listeners.get(topic) ?? new Set();
      this.#listeners.set(topic, listeners.add(listener));
    }
    return () => {
      for (const topic of topics) {
        const listeners = this.#listeners.get(topic);
        listeners?.delete(listener);
        if (listeners?.size === 0) this.#listeners.delete(topic);
      }
    };
  }

  wait(topics: readonly Topic[], signal: AbortSignal): Promise<Topic> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const end = this.subscribe(topics, (topic) => {
        end();
        signal.removeEventListener("abort", stop);
        resolve(topic);
      });
      const stop = () => {
        end();
        reject(signal.reason);
      };
      signal.addEventListener("abort", stop, { once: true });
    });
  }
}
