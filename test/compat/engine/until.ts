import { setTimeout as pause } from "node:timers/promises";
import type { EventPattern } from "./case.ts";
import type { Rest } from "./rest.ts";

const FINAL = new Set(["terminated", "failed", "cancelled"]);
const POLL = 40;
const LIMIT = 90_000;

/** Asks until the answer is neither undefined nor false; `what` says what is waited for. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false>,
  limit = LIMIT,
): Promise<Answer> {
  const deadline = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`${what} has not come within ${limit / 1000} s`);
    await pause(POLL);
  }
}

export const untilFinal = (rest: Rest, executionId: string): Promise<true> =>
  until(`the end of ${executionId}`, async () => {
    const { status } = await rest.need(rest.get(`executions/${executionId}`));
    return FINAL.has(String(status));
  });

export const untilGone = (rest: Rest, path: string): Promise<true> =>
  until(`the end of ${path}`, async () => (await rest.get(path)).status === 404);

/** Until so many events are like the pattern. */
export const untilEvent = (rest: Rest, executionId: string, pattern: EventPattern): Promise<true> =>
  until(`an event like ${JSON.stringify(pattern)}`, async () => {
    const { items = [] } = await rest.need(rest.get("events", { execution_id: executionId, _size: 10000 }));
    return items.filter((event) => matches(event, pattern)).length >= (pattern.count ?? 1);
  });

function matches(event: Record<string, unknown>, pattern: EventPattern): boolean {
  return (
    (pattern.type === undefined || event.type === pattern.type) &&
    (pattern.event_type === undefined || event.event_type === pattern.event_type) &&
    (pattern.node_name === undefined || event.node_name === pattern.node_name) &&
    (pattern.operation === undefined || event.operation === pattern.operation) &&
    (pattern.message_contains === undefined || String(event.message).includes(pattern.message_contains))
  );
}
