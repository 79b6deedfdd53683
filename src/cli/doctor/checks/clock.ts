import type { Endpoint } from "../../../client/transport.ts";
import { ask } from "../ask.ts";
import { type Check, ok, warn } from "../check.ts";
import { hostAndPort, type ManagerSubject } from "../subject.ts";

/** Seconds. The header has whole ones, and the answer takes a moment. */
const BEARABLE = 30;

/** Whether the clocks here and there agree, by the `Date` header. */
export const clock = ({ ctx }: ManagerSubject, endpoint: Endpoint): Check => ({
  id: "clock",
  target: hostAndPort(endpoint),
  async run(signal) {
    const { headers, askedAt, answeredAt } = await ask(ctx, endpoint, signal);
    const there = Date.parse(headers.date ?? "");
    if (Number.isNaN(there)) return ok("the server does not say what time it has");
    const seconds = Math.round((there - (askedAt + answeredAt) / 2) / 1000);
    if (Math.abs(seconds) <= 1) return ok("the same time here and there");
    const told = `the server's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead of" : "behind"} this one`;
    return Math.abs(seconds) <= BEARABLE
      ? ok(told)
      : warn(told, "Times of events and schedules mislead, and certificates may seem out of date: set both by NTP");
  },
});
