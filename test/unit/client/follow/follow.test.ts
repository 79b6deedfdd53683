import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Event } from "../../../../src/api/resources.ts";
import type { EventQuery } from "../../../../src/client/follow/event-cursor.ts";
import { type FollowEvent, type Followed, follow } from "../../../../src/client/follow/follow.ts";
import { VirtualClock } from "../../../helpers/virtual-clock.ts";

class Broken extends Error {}

/** A manager whose events arrive while it is read. `pace` says how many arrive before each request. */
class GrowingList {
  readonly rows: Event[] = [];
  #arriving: Event[];
  status = "started";
  requests = 0;
  offsets: number[] = [];

  constructor(
    arriving: Event[],
    readonly plan: { pace: number[]; failures: Set<number>; tieBreak: (request: number, id: number) => number },
  ) {
    this.#arriving = [...arriving];
  }

  #step(): void {
    const request = this.requests++;
    this.rows.push(...this.#arriving.splice(0, this.plan.pace[request % this.plan.pace.length]));
    if (this.plan.failures.has(request)) throw new Broken(`request ${request}`);
    if (this.#arriving.length === 0) this.status = "terminated";
  }

  async subject(): Promise<Followed> {
    this.#step();
    return { id: "E1", status: this.status };
  }

  async events({ offset, size }: EventQuery) {
    this.#step();
    this.offsets.push(offset);
    const order = (event: Event) => this.plan.tieBreak(this.requests, event._storage_id);
    const sorted = [...this.rows].sort((a, b) =>
      a.reported_timestamp === b.reported_timestamp
        ? order(a) - order(b)
        : a.reported_timestamp < b.reported_timestamp
          ? -1
          : 1,
    );
    return { items: sorted.slice(offset, offset + size), total: sorted.length };
  }

  isTransient(error: unknown): boolean {
    return error instanceof Broken;
  }
}

const anEvent = (id: number, at: number, over: Partial<Event> = {}): Event =>
  ({
    _storage_id: id,
    type: "cloudify_event",
    event_type: "task_started",
    message: `event ${id}`,
    reported_timestamp: new Date(at).toISOString(),
    ...over,
  }) as Event;

const key = (event: Event) => `${event.type}/${event._storage_id}`;

async function collect<S extends Followed>(events: AsyncIterable<FollowEvent<S>>): Promise<FollowEvent<S>[]> {
  const all: FollowEvent<S>[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const eventsOf = (seen: FollowEvent<Followed>[]) => seen.flatMap((each) => (each.kind === "event" ? [each.event] : []));
const live = () => ({ clock: new VirtualClock(), signal: new AbortController().signal });

const stable = (_: number, id: number) => id;
const quiet = () => ({ pace: [1], failures: new Set<number>(), tieBreak: stable });

/** While the follow looks back for the late ones, a row that it has just read moves to where it looks. */
const ROWS_THAT_CHANGE_PLACES = [0, 15, 0, 0, 15, 15].map((at, index) => ({ at, log: index === 1, delay: 0 }));

describe("follow", () => {
  it("shows every event exactly once, however they arrive and whatever breaks", async () => {
    const row = fc.record({ at: fc.nat(40), log: fc.boolean(), delay: fc.nat(60) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 320 }),
        fc.array(fc.nat(130), { minLength: 1, maxLength: 12 }).filter((pace) => pace.some((count) => count > 0)),
        fc.uniqueArray(fc.nat(30), { maxLength: 8 }),
        fc.nat(),
        async (rows, pace, failures, salt) => {
          const ids = { cloudify_event: 0, cloudify_log: 0 };
          const arriving = rows
            .map(({ at, log, delay }) => {
              const type = log ? "cloudify_log" : "cloudify_event";
              return { event: anEvent(++ids[type], at, { type }), due: at + delay };
            })
            .sort((a, b) => a.due - b.due)
            .map(({ event }) => event);
          arriving.push(anEvent(++ids.cloudify_event, 50, { event_type: "workflow_succeeded" }));
          const list = new GrowingList(arriving, {
            pace,
            failures: new Set(failures),
            tieBreak: (request, id) => (id * 7919 + request * salt) % 101,
          });

          const seen = await collect(follow(list, live()));

          expect(eventsOf(seen).map(key).sort()).toEqual(arriving.map(key).sort());
          expect(seen.at(-1)).toMatchObject({ kind: "ended" });
        },
      ),
      { numRuns: 300, examples: [[ROWS_THAT_CHANGE_PLACES, [1], [], 5]] },
    );
  });

  it("shows events in the order of reported time as long as none is late", async () => {
    const arriving = Array.from({ length: 250 }, (_, index) => anEvent(index, index));
    const seen = await collect(follow(new GrowingList(arriving, { ...quiet(), pace: [120, 3] }), live()));
    expect(eventsOf(seen).map((event) => event._storage_id)).toEqual(arriving.map((event) => event._storage_id));
  });

  it("asks for what comes after the events it has, and looks back only when a late one moved them", async () => {
    const [first, second, late, end] = [
      anEvent(1, 10),
      anEvent(2, 20),
      anEvent(3, 15),
      anEvent(4, 30, { event_type: "workflow_succeeded" }),
    ];
    const list = new GrowingList([first, second, late, end], { ...quiet(), pace: [1, 1, 0, 1, 0, 0, 1] });
    const seen = await collect(follow(list, live()));
    expect(eventsOf(seen)).toEqual([first, second, late, end]);
    expect(list.offsets).toEqual([0, 2, 0, 3, 4]);
  });

  it("puts a late event before those that came with it and were reported later", async () => {
    const end = anEvent(4, 40, { event_type: "workflow_succeeded" });
    const [first, second, late, third] = [anEvent(1, 10), anEvent(2, 20), anEvent(3, 15), anEvent(5, 30)];
    const list = new GrowingList([first, second, third, late, end], { ...quiet(), pace: [2, 0, 0, 3, 0] });
    expect(eventsOf(await collect(follow(list, live())))).toEqual([first, second, late, third, end]);
  });

  it("loses nothing and tells nothing twice when events that it has shown are deleted", async () => {
    const before = Array.from({ length: 250 }, (_, index) => anEvent(index, index));
    const after = Array.from({ length: 30 }, (_, index) => anEvent(500 + index, 500 + index));
    const end = anEvent(999, 999, { event_type: "workflow_succeeded" });
    const list = new GrowingList([], quiet());
    list.rows.push(...before);
    const events = list.events.bind(list);
    list.events = (query) => {
      if (query.offset === 250 && list.rows[0] === before[0]) list.rows.splice(0, 240);
      else if (list.rows.length === 10) list.rows.push(...after);
      else if (list.rows.length === 40) list.rows.push(end);
      return events(query);
    };
    list.subject = async () => ({ id: "E1", status: list.rows.includes(end) ? "terminated" : "started" });
    expect(eventsOf(await collect(follow(list, live())))).toEqual([...before, ...after, end]);
  });

  it("is over at once when the end event has been seen", async () => {
    const list = new GrowingList([], quiet());
    list.rows.push(anEvent(1, 1), anEvent(2, 2, { event_type: "workflow_cancelled" }));
    list.status = "cancelled";
    const clock = new VirtualClock();
    const began = clock.now();
    await collect(follow(list, { ...live(), clock }));
    expect(clock.now() - began).toBe(0);
  });

  it("asks for more at a time while it is far behind", async () => {
    const list = new GrowingList([], quiet());
    list.rows.push(...Array.from({ length: 9999 }, (_, index) => anEvent(index, index)));
    list.rows.push(anEvent(9999, 9999, { event_type: "workflow_succeeded" }));
    list.status = "terminated";
    expect(eventsOf(await collect(follow(list, live())))).toHaveLength(10_000);
    expect(list.offsets).toEqual([0, 100, 1100, 10_000]);
  });

  it("shows the events of an execution that had ended before", async () => {
    const list = new GrowingList([], quiet());
    list.rows.push(anEvent(1, 1), anEvent(2, 2, { event_type: "workflow_failed" }));
    list.status = "failed";
    const seen = await collect(follow(list, live()));
    expect(seen.map(({ kind }) => kind)).toEqual(["status", "event", "event", "ended"]);
  });

  it("waits a while for the end event of a workflow that is over", async () => {
    const list = new GrowingList([], quiet());
    list.status = "terminated";
    const clock = new VirtualClock();
    const events = list.events.bind(list);
    list.events = (query) => {
      if (list.requests === 5) list.rows.push(anEvent(9, 9, { event_type: "workflow_succeeded" }));
      return events(query);
    };
    expect(eventsOf(await collect(follow(list, { ...live(), clock })))).toHaveLength(1);
  });

  it("says that the connection is lost and that it is back", async () => {
    const list = new GrowingList([anEvent(1, 1, { event_type: "workflow_succeeded" })], {
      ...quiet(),
      failures: new Set([0, 1, 2]),
    });
    const seen = await collect(follow(list, live()));
    expect(seen.map(({ kind }) => kind)).toEqual(["lost", "lost", "lost", "status", "reconnected", "event", "ended"]);
  });

  it.each([
    ["ended", { id: "E1", status: "terminated" }],
    ["gone", undefined],
  ])("says that it is back, too, when what it then hears is that it has %s", async (end, subject) => {
    let asked = 0;
    const source = {
      silent: true,
      subject: async () => {
        if (++asked === 1) throw new Broken("away");
        return subject;
      },
      events: async () => ({ items: [], total: 0 }),
      isTransient: () => true,
    };
    const kinds = (await collect(follow(source, live()))).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== "status")).toEqual(["lost", "reconnected", end]);
  });

  it("fails when the server stays away", async () => {
    const list = new GrowingList([], quiet());
    list.subject = async () => {
      throw new Broken("refused");
    };
    const clock = new VirtualClock();
    const began = clock.now();
    await expect(collect(follow(list, { ...live(), clock }))).rejects.toThrow("refused");
    expect(clock.now() - began).toBeGreaterThan(60_000);
  });

  it("fails at once on an error that another try does not mend", async () => {
    const list = new GrowingList([], quiet());
    list.events = async () => {
      throw new Error("forbidden");
    };
    await expect(collect(follow(list, live()))).rejects.toThrow("forbidden");
  });

  it("stops when the time is over, even while a request hangs", async () => {
    const list = new GrowingList([], quiet());
    list.plan.pace[0] = 0;
    const source = {
      subject: async () => ({ id: "E1", status: "started" }),
      events: (_: EventQuery, signal: AbortSignal) =>
        new Promise<never>((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      isTransient: () => true,
    };
    const clock = new VirtualClock();
    const began = clock.now();
    const seen = await collect(follow(source, { ...live(), clock, timeoutMs: 6000 }));
    expect(seen.at(-1)).toEqual({ kind: "timed-out" });
    expect(clock.now() - began).toBe(6000);
  });

  it("detaches when it is interrupted", async () => {
    const interrupt = new AbortController();
    const list = new GrowingList([anEvent(1, 1), anEvent(2, 2)], quiet());
    const seen: FollowEvent<Followed>[] = [];
    for await (const event of follow(list, { ...live(), signal: interrupt.signal })) {
      seen.push(event);
      if (event.kind === "event") interrupt.abort();
    }
    expect(seen.at(-1)).toEqual({ kind: "detached" });
  });

  it("says that it is gone when it does not exist any more", async () => {
    const list = new GrowingList([anEvent(1, 1)], quiet());
    const subject = list.subject.bind(list);
    const source = Object.assign(list, {
      subject: async () => (list.requests > 3 ? undefined : subject()),
    }) as unknown as GrowingList;
    source.status = "started";
    list.plan.pace[0] = 0;
    expect((await collect(follow(source, live()))).at(-1)).toEqual({ kind: "gone" });
  });

  it("asks again at once when the server holds requests, and slows down when it does not", async () => {
    const polls = async (waited: boolean) => {
      const clock = new VirtualClock();
      const asked: number[] = [];
      const source = {
        subject: async () => ({ id: "E1", status: asked.length < 6 ? "started" : "terminated", started_at: null }),
        events: async ({ waitSeconds }: EventQuery) => {
          asked.push(clock.now());
          if (waited && waitSeconds) await clock.sleep(waitSeconds * 1000);
          return { items: [], total: 0, waited };
        },
        isTransient: () => false,
      };
      await collect(follow(source, { ...live(), clock, random: () => 1 }));
      return asked.slice(1, 6).map((at, index) => at - (asked[index] ?? 0));
    };
    expect(await polls(true)).toEqual([25_000, 25_000, 25_000, 25_000, 25_000]);
    expect(await polls(false)).toEqual([150, 225, 338, 506, 759]);
  });
});
