import { describe, expect, it } from "vitest";
import { nextOccurrence, nextOccurrences, parseRule } from "../../../../src/services/execution-schedules/recurrence.ts";

const since = "2026-01-05T10:00:00.000Z";
const at = (time: string) => Date.parse(time);

describe("a schedule", () => {
  it.each([
    [{ count: 1 }, ["2026-01-05 10:00:00"]],
    [{ recurrence: "1 day", count: 2 }, ["2026-01-05 10:00:00", "2026-01-06 10:00:00"]],
    [{ recurrence: "2 h", count: 2 }, ["2026-01-05 10:00:00", "2026-01-05 12:00:00"]],
    [{ recurrence: "1 month", count: 2, weekdays: ["2MO"] }, ["2026-01-12 10:00:00", "2026-02-09 10:00:00"]],
    [{ recurrence: "1 month", count: 2, weekdays: ["L-FR"] }, ["2026-01-30 10:00:00", "2026-02-27 10:00:00"]],
    [{ rrule: "FREQ=WEEKLY;COUNT=2" }, ["2026-01-05 10:00:00", "2026-01-12 10:00:00"]],
  ])("of %j comes at %j", (rule, expected) => {
    const span = { since, until: null };
    expect(nextOccurrences(parseRule(rule, since), span, at(since) - 1)).toEqual(expected);
  });

  it("comes no more after its end", () => {
    const rule = parseRule({ recurrence: "1 day" }, since);
    const span = { since, until: "2026-01-06T12:00:00.000Z" };
    expect(nextOccurrence(rule, span, at("2026-01-05T11:00:00Z"))).toBe("2026-01-06T10:00:00.000Z");
    expect(nextOccurrence(rule, span, at("2026-01-06T11:00:00Z"))).toBeNull();
  });

  it.each([
    [{ rrule: "FREQ=DAILY", count: 2 }, "cannot be provided together"],
    [{ count: 2 }, "recurrence must be specified"],
    [{ recurrence: "often" }, "not a legal recurrence"],
    [{ recurrence: "1 day", weekdays: ["XX"] }, "invalid weekday"],
    [{ recurrence: "1 day", weekdays: ["2MO"] }, "can only be used with a months|years"],
    [{ rrule: "nonsense" }, "invalid RRULE"],
  ])("of %j is refused", (rule, reason) => {
    expect(() => parseRule(rule, since)).toThrow(reason);
  });
});
