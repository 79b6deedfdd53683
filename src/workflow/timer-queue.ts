/** Items by the time they are due, soonest first; those due at the same time keep their order. */
export class TimerQueue<Item> {
  #heap: { at: number; order: number; item: Item }[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  get next(): number | null {
    return this.#heap[0]?.at ?? null;
  }

  add(at: number, item: Item): void {
    const heap = this.#heap;
    heap.push({ at, order: this.#added++, item });
    let child = heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#before(child, parent)) break;
      this.#swap(child, parent);
      child = parent;
    }
  }

  /** Removes and returns all that are due. */
  take(now: number): Item[] {
    const due: Item[] = [];
    for (let first = this.#heap[0]; first && first.at <= now; first = this.#heap[0]) {
      due.push(first.item);
      this.#removeFirst();
    }
    return due;
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    this.#heap[0] = last;
    for (let parent = 0; ; ) {
      let soonest = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2]) if (this.#before(child, soonest)) soonest = child;
      if (soonest === parent) return;
      this.#swap(parent, soonest);
      parent = soonest;
    }
  }

  #before(a: number, b: number): boolean {
    const left = this.#heap[a];
    const right = this.#heap[b];
    return left !== undefined && right !== undefined && (left.at - right.at || left.order - right.order) < 0;
  }

  #swap(a: number, b: number): void {
    const left = this.#heap[a];
    const right = this.#heap[b];
    if (left === undefined || right === undefined) return;
    this.#heap[a] = right;
    this.#heap[b] = left;
  }
}
