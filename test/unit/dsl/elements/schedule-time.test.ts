import { describe, expect, it } from "vitest";
import { isRecurrence, isRelativeTime, utcTime } from "../../../../src/dsl/elements/schedule-time.ts";

const TODAY = new Date("2026-03-09T23:30:00Z");

describe("the time of a default schedule", () => {
  it.each([
    ["2026-01-02 03:04", undefined, "2026-01-02 03:04:00"],
    ["2026-1-2 3:04", "UTC", "2026-01-02 03:04:00"],
    ["2026-01-02 00:00", "Asia/Tokyo", "2026-01-01 15:00:00"],
    ["2026-07-01 12:00", "America/New_York", "2026-07-01 16:00:00"],
    ["2026-12-01 12:00", "America/New_York", "2026-12-01 17:00:00"],
    ["2026-12-31 23:59", "UTC", "2026-12-31 23:59:00"],
    ["00:00", undefined, "2026-03-09 00:00:00"],
    // Half an hour before the clocks go forward, and after.
    ["2026-03-29 01:30", "Europe/Berlin", "2026-03-29 00:30:00"],
    ["2026-03-29 03:30", "Europe/Berlin", "2026-03-29 01:30:00"],
  ])("%j in %s is %s in UTC", (text, zone, utc) => {
    expect(utcTime(text, zone, TODAY)).toBe(utc);
  });

  it.each([
    ["2026-02-30 10:00", undefined],
    ["2026-04-31 10:00", undefined],
    ["2026-13-01 10:00", undefined],
    ["2026-00-01 10:00", undefined],
    ["2026-01-00 10:00", undefined],
    ["2026-01-02 24:00", undefined],
    ["2026-01-02 10:60", undefined],
    ["2026-01-02", undefined],
    ["tomorrow", undefined],
    ["2026-01-02 10:00", "Nowhere/City"],
  ])("%j in %s is not understood", (text, zone) => {
    expect(utcTime(text, zone, TODAY)).toBeUndefined();
  });

  it.each([
    ["+1 day", true],
    ["+2w+3 days", true],
    ["+1 moon", false],
    ["1 day", false],
  ])("%j is relative: %s", (text, isRelative) => {
    expect(isRelativeTime(text)).toBe(isRelative);
  });

  it.each([
    ["1 day", true],
    ["15min", true],
    ["+1 day", false],
    ["day", false],
  ])("%j says how often: %s", (text, isOne) => {
    expect(isRecurrence(text)).toBe(isOne);
  });
});
