import type { Event } from "../../api/resources.ts";
import { isFinal } from "../../api/statuses.ts";
import type { Clock } from "../../lib/clock.ts";
import { type Backoff, pauseAfter } from "./backoff.ts";
import { EventCursor, type EventPage, type EventQuery } from "./event-cursor.ts";

/** What can be followed: an execution, or a group of them. */
export interface Followed {
  id: string;
  status: string;
  started_at?: string | null;
  finished_operations?: number | null;
}

/** Where a follow reads from. Both calls reject with the signal's reason when it is aborted. */
export interface FollowSource<Subject extends Followed> {
  /** undefined: it does not exist (any more). */
  subject(signal: AbortSignal): Promise<Subject | undefined>;
  events(query: EventQuery, signal: AbortSignal): Promise<EventPage>;
  /** Worth another try: the connection broke, the server is busy or restarting. */
  isTransient(error: unknown): boolean;
  /** It has no events, so none is waited for after the end. */
  silent?: boolean;
}

export type FollowEvent<Subject extends Followed> =
  | { kind: "event"; event: Event }
  /** The first look at it, and each change of its status or progress. */
  | { kind: "status"; subject: Subject }
  | { kind: "lost"; error: unknown; retryInMs: number; failures: number }
  | { kind: "reconnected"; afterMs: number }
  /** Always one of these is the last. */
  | { kind: "ended"; subject: Subject }
  | { kind: "gone" }
  | { kind: "timed-out" }
  | { kind: "detached" };

export interface FollowOptions {
  clock: Clock;
  /** Aborted: stop following; the execution goes on. */
  signal: AbortSignal;
  /** none, or 0: no limit. */
  timeoutMs?: number;
  /** What an earlier follow of the same has read: that does not come again. */
  cursor?: EventCursor;
  random?: () => number;
}

const POLL: Backoff = { firstMs: 100, factor: 1.5, longestMs: 1000 };
const RETRY: Backoff = { firstMs: 200, factor: 2, longestMs: 5000 };
/** Failures in a row for so long: the server does not come back by itself. */
const GIVE_UP_AFTER_MS = 90_000;
/** For the end event of a workflow that a manager stores after the end status, or never. */
const GRACE_MS = 1500;
const WAIT_SECONDS = 25;
/** An answer that claims to have waited and comes back at once must not make the loop spin. */
const SHORTEST_WAIT_MS = 50;

const END_EVENTS = new Set(["workflow_succeeded", "workflow_failed", "workflow_cancelled"]);

/** The place of a follow among the events; handed on to a later one of the same source, nothing comes twice. */
export const cursorOf = <Subject extends Followed>(source: FollowSource<Subject>): EventCursor =>
  new EventCursor((query, signal) => source.events(query, signal));

/**
 * Follows an execution to its end: every event once, late ones included, through lost connections and restarts of
 * the server. Throws what is not transient, and what stays broken too long.
 */
export async function* follow<Subject extends Followed>(
  source: FollowSource<Subject>,
  { clock, signal, timeoutMs, cursor = cursorOf(source), random = Math.random }: FollowOptions,
): AsyncGenerator<FollowEvent<Subject>> {
  const finished = new AbortController();
  const deadline = timeoutMs ? clock.now() + timeoutMs : Number.POSITIVE_INFINITY;
  const expiry = expireAt(deadline, clock, finished.signal);
  const stop = AbortSignal.any([signal, expiry]);
  let subject: Subject | undefined;
  let failures = 0;
  let failingSince = 0;
  let quietPolls = 0;
  let endEventSeen = false;
  let drainUntil: number | undefined;
  const reconnected = () => ({ kind: "reconnected", afterMs: clock.now() - failingSince }) as const;

  try {
    for (;;) {
      try {
        stop.throwIfAborted();
        const current = subject && isFinal(subject.status) ? subject : await source.subject(stop);
        const readsNoMore = !current || (source.silent && isFinal(current.status));
        if (readsNoMore && failures > 0) yield reconnected();
        if (!current) return yield { kind: "gone" };
        if (hasMoved(subject, current)) yield { kind: "status", subject: current };
        subject = current;

        const ended = isFinal(current.status);
        if (ended && source.silent) return yield { kind: "ended", subject: current };
        const askedAt = clock.now();
        let news = 0;
        let waited = false;
        let settled = true;
        for await (const page of cursor.unread(ended ? undefined : waitFor(deadline - askedAt), stop)) {
          if (failures > 0) yield reconnected();
          failures = 0;
          news += page.events.length;
          waited ||= page.waited;
          settled = page.settled;
          for (const event of page.events) {
            endEventSeen ||= END_EVENTS.has(event.event_type ?? "");
            yield { kind: "event", event };
          }
        }
        quietPolls = news > 0 ? 0 : quietPolls + 1;
        if (ended) {
          drainUntil ??= clock.now() + (current.started_at === null ? 0 : GRACE_MS);
          if (news === 0 && ((endEventSeen && settled) || clock.now() >= drainUntil))
            return yield { kind: "ended", subject: current };
          if (news === 0) await clock.sleep(pauseAfter(quietPolls + 1, POLL, random), stop);
        } else if (!(waited && (news > 0 || clock.now() - askedAt >= SHORTEST_WAIT_MS))) {
          await clock.sleep(pauseAfter(quietPolls + 1, POLL, random), stop);
        }
      } catch (error) {
        if (signal.aborted) return yield { kind: "detached" };
        if (expiry.aborted) return yield { kind: "timed-out" };
        if (!source.isTransient(error)) throw error;
        if (failures++ === 0) failingSince = clock.now();
        if (clock.now() - failingSince >= GIVE_UP_AFTER_MS) throw error;
        const retryInMs = pauseAfter(failures, RETRY, random);
        yield { kind: "lost", error, retryInMs, failures };
        await clock.sleep(retryInMs, stop).catch(() => undefined);
      }
    }
  } finally {
    finished.abort();
  }
}

const hasMoved = (before: Followed | undefined, now: Followed): boolean =>
  before?.status !== now.status || before.finished_operations !== now.finished_operations;

const waitFor = (remainingMs: number): number => Math.floor(Math.min(WAIT_SECONDS, remainingMs / 1000));

/** A signal that is aborted when the deadline passes. */
function expireAt(deadline: number, clock: Clock, cancel: AbortSignal): AbortSignal {
  const expiry = new AbortController();
  if (Number.isFinite(deadline)) {
    clock.sleep(deadline - clock.now(), cancel).then(
      () => expiry.abort(),
      () => undefined,
    );
  }
  return expiry.signal;
}
