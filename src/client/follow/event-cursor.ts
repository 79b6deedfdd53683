import type { Event } from "../../api/resources.ts";

export interface EventPage {
  items: Event[];
  total: number;
  /** The server held the request until there was something to say. */
  waited?: boolean;
}

export interface EventQuery {
  offset: number;
  size: number;
  /** Ask the server to hold the answer so long when nothing is new. */
  waitSeconds?: number;
}

export type ReadEvents = (query: EventQuery, signal: AbortSignal) => Promise<EventPage>;

export interface Unread {
  events: Event[];
  waited: boolean;
  /** false: the page showed that unread rows stand further up, and they were not found: rows of one instant moved. */
  settled: boolean;
}

/** Unread events by their identity. */
type News = Map<string, Event>;

/** Ids repeat between events and logs. */
const identity = (event: Event): string => `${event.type} ${event._storage_id}`;

/** Who is far behind asks for more at a time, up to so many rows. */
const LARGEST_PAGE = 10_000;

const byReportedTime = (a: Event, b: Event): number => {
  if (a.reported_timestamp !== b.reported_timestamp) return a.reported_timestamp < b.reported_timestamp ? -1 : 1;
  return a._storage_id - b._storage_id || (a.type < b.type ? -1 : Number(a.type > b.type));
};

/**
 * Reads a list that grows while it is read, and not only at its end: a row may arrive late and sort before rows
 * that were read long ago. Pages are addressed by offset, so every late row pushes one known row past the offset.
 * As many known rows as are met there again, as many unread ones stand before it: then, and only then, it looks back.
 */
export class EventCursor {
  readonly #read: ReadEvents;
  readonly #pageSize: number;
  readonly #seen = new Set<string>();
  #signal = new AbortController().signal;
  /** Rows that were read and have been deleted since. */
  #gone = 0;

  constructor(read: ReadEvents, pageSize = 100) {
    this.#read = read;
    this.#pageSize = pageSize;
  }

  get #offset(): number {
    return this.#seen.size - this.#gone;
  }

  /** All that is new since the last call, page by page, each page in the order of reported time. */
  async *unread(waitSeconds?: number, signal: AbortSignal = this.#signal): AsyncGenerator<Unread> {
    this.#signal = signal;
    let wait = waitSeconds;
    for (let size = this.#pageSize; ; size = Math.max(size, Math.min(size * 10, LARGEST_PAGE))) {
      const offset = this.#offset;
      const page = await this.#read({ offset, size, ...(wait ? { waitSeconds: wait } : {}) }, signal);
      wait = undefined;
      const news: News = new Map();
      const known = page.items.length - this.#gather(page.items, news);
      const late = known > 0 ? await this.#lookBack(offset, known, news) : 0;
      if (page.items.length === 0 && page.total < offset) await this.#startOver(page.total, offset, news);
      // Not before: what a broken request left out of the yield is unread still.
      for (const identity of news.keys()) this.#seen.add(identity);
      yield { events: [...news.values()].sort(byReportedTime), waited: page.waited ?? false, settled: late >= known };
      if (page.items.length < size || news.size === 0) return;
    }
  }

  /** Adds what is unread and not among the news yet; returns how many that were. */
  #gather(events: Event[], news: News): number {
    const before = news.size;
    for (const event of events) if (!this.#seen.has(identity(event))) news.set(identity(event), event);
    return news.size - before;
  }

  /**
   * Gathers the unread rows before an offset, nearest first, until the expected number is found. Rows of one instant may
   * have changed places since the page was read, so some of these may be among the news already.
   */
  async #lookBack(offset: number, expected: number, news: News): Promise<number> {
    let found = 0;
    for (let end = offset; end > 0 && found < expected; ) {
      const start = Math.max(0, end - this.#pageSize);
      const page = await this.#read({ offset: start, size: this.#pageSize }, this.#signal);
      found += this.#gather(page.items.slice(0, end - start), news);
      end = start;
    }
    return found;
  }

  /** Events were deleted under our feet: positions mean nothing any more, identities still do. */
  async #startOver(total: number, offset: number, news: News): Promise<void> {
    const found = await this.#lookBack(total, Number.POSITIVE_INFINITY, news);
    this.#gone += offset + found - total;
  }
}
