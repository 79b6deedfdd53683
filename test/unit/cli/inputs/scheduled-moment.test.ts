import { describe, expect, it } from "vitest";
import { scheduledMoment } from "../../../../src/cli/inputs/scheduled-moment.ts";

const NOW = Date.UTC(2026, 0, 31, 12, 30, 45);

describe("the time of a schedule", () => {
  it.each([
    ["2026-07-01 10:00", "UTC", "2026-07-01T10:00:00.000Z"],
    ["2026-07-01 10:00", "Europe/London", "2026-07-01T09:00:00.000Z"],
    ["2026-01-01 10:00", "Europe/London", "2026-01-01T10:00:00.000Z"],
    ["2026-01-01", "America/New_York", "2026-01-01T05:00:00.000Z"],
    // The last hour before and the first after the clocks go forward.
    ["2026-03-29 00:30", "Europe/London", "2026-03-29T00:30:00.000Z"],
    ["2026-03-29 02:30", "Europe/London", "2026-03-29T01:30:00.000Z"],
    ["2026-07-01T10:00:00Z", "Europe/London", "2026-07-01T10:00:00.000Z"],
    ["2026-07-01T10:00+02:00", "UTC", "2026-07-01T08:00:00.000Z"],
    ["2026-07-01T10:00:30.500", "Asia/Tokyo", "2026-07-01T01:00:30.500Z"],
    ["1782900000", "Asia/Tokyo", "2026-07-01T10:00:00.000Z"],
    ["2 hours ago", "Asia/Tokyo", "2026-01-31T10:30:45.000Z"],
  ])("%s on the clocks of %s", (text, zone, expected) => {
    expect(scheduledMoment(text, NOW, zone).toISOString()).toBe(expected);
  });

  it.each([
    ["+30 minutes", "2026-01-31T13:00:00.000Z"],
    ["+2h", "2026-01-31T14:30:00.000Z"],
    ["+1 day", "2026-02-01T12:30:00.000Z"],
    ["+1 month", "2026-02-28T12:30:00.000Z"],
    ["+1 year", "2027-01-31T12:30:00.000Z"],
  ])("%s counts from now, to the minute", (text, expected) => {
    expect(scheduledMoment(text, NOW, "Asia/Tokyo").toISOString()).toBe(expected);
  });

  it.each([
    ["+5 parsecs", "UTC"],
    ["tomorrow", "UTC"],
    ["2026-07-01 10:00", "Middle/Earth"],
  ])("%j in %s is refused", (text, zone) => {
    expect(() => scheduledMoment(text, NOW, zone)).toThrow(expect.objectContaining({ exit: 2 }));
  });
});
