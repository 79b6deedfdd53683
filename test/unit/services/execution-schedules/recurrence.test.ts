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
    expect(nextOccurrences(parseRule(rule, since), span, at(since) - 1, 1000)).toEqual(expected);
  });

  it("comes no more after its end", () => {
    const rule = parseRule({ recurrence: "1 day" }, since);
    const span = { since, until: "2026-01-06T12:00:00.000Z" };
    expect(nextOccurrence(rule, span, at("2026-01-05T11:00:00Z"))).toBe("2026-01-06T10:00:00.000Z");
    expect(nextOccurrence(rule, span, at("2026-01-06T11:00:00Z"))).toBeNull();
  });

  it("goes by the clocks of its zone when its rule names one, and else by UTC", () => {
    const nights = (rrule: string) =>
      nextOccurrences(parseRule({ rrule }, since), { since, until: null }, at("2026-03-28T00:00:00Z"), 3);
    expect(nights("DTSTART;TZID=Europe/London:20260105T030000\nRRULE:FREQ=DAILY")).toEqual([
      "2026-03-28 03:00:00",
      "2026-03-29 02:00:00",
      "2026-03-30 02:00:00",
    ]);
    expect(nights("DTSTART:20260105T030000Z\nFREQ=DAILY")).toEqual([
      "2026-03-28 03:00:00",
      "2026-03-29 03:00:00",
      "2026-03-30 03:00:00",
    ]);
  });

  it("begins at a whole second, and not before the time that was asked for", () => {
    const span = { since: "2026-01-05T10:00:00.700Z", until: null };
    expect(nextOccurrence({ count: 1 }, span, at("2026-01-05T10:00:00.500Z"))).toBe("2026-01-05T10:00:01.000Z");
  });

  it("passes over what its rule excludes", () => {
    const rule = parseRule({ rrule: "RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260106T100000Z" }, since);
    expect(nextOccurrences(rule, { since, until: null }, at(since), 10)).toEqual(["2026-01-07 10:00:00"]);
  });

  it("keeps of its rule what a change does not speak of", () => {
    const rule = parseRule({ recurrence: "1 week", count: 3 }, since);
    expect(parseRule({ recurrence: "2 days", weekdays: [] }, since, rule)).toEqual({
      recurrence: "2 days",
      count: 3,
      weekdays: null,
    });
    expect(parseRule({ rrule: "FREQ=DAILY", weekdays: [] }, since, rule)).toEqual({ rrule: "FREQ=DAILY" });
    expect(parseRule({ recurrence: "1 day" }, since, { rrule: "FREQ=WEEKLY" })).toMatchObject({ count: null });
  });

  it("that runs every second is looked up at once, years later", () => {
    const rule = parseRule({ recurrence: "1 second" }, since);
    expect(nextOccurrence(rule, { since, until: null }, at("2031-01-01T00:00:00Z"))).toBe("2031-01-01T00:00:01.000Z");
  });

  it.each([
    [{ rrule: "FREQ=DAILY", count: 2 }, "cannot be provided together"],
    [{ rrule: "FREQ=DAILY", weekdays: ["mo"] }, "cannot be provided together"],
    [{ count: 2 }, "recurrence must be specified"],
    [{ recurrence: "often" }, "not a legal recurrence"],
    [{ recurrence: "1 day", weekdays: ["XX"] }, "invalid weekday"],
    [{ recurrence: "1 day", weekdays: ["2MO"] }, "can only be used with a months|years"],
    [{ rrule: "nonsense" }, "invalid RRULE"],
    [{ rrule: "DTSTART;TZID=Mars/Phobos:20260105T030000\nRRULE:FREQ=DAILY" }, "invalid RRULE"],
    [{ rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" }, "invalid RRULE"],
    [{ recurrence: "1 day", count: -1 }, "count must be"],
  ])("of %j is refused", (rule, reason) => {
    expect(() => parseRule(rule, since)).toThrow(reason);
  });
});
