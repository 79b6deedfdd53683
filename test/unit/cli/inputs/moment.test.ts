import { describe, expect, it } from "vitest";
import { parseMoment, pastMoment } from "../../../../src/cli/inputs/moment.ts";

const NOW = Date.UTC(2026, 4, 31, 12, 0, 0);

describe("a moment", () => {
  it.each([
    ["2026-01-02", "2026-01-02T00:00:00.000Z"],
    ["2026-01-02 03:04", "2026-01-02T03:04:00.000Z"],
    ["2026-01-02T03:04:05.678", "2026-01-02T03:04:05.678Z"],
    ["2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05.000Z"],
    ["1767225600", "2026-01-01T00:00:00.000Z"],
    ["1 hour ago", "2026-05-31T11:00:00.000Z"],
    ["90 seconds ago", "2026-05-31T11:58:30.000Z"],
    ["2 days ago", "2026-05-29T12:00:00.000Z"],
    ["2 Weeks ago", "2026-05-17T12:00:00.000Z"],
    ["3 months ago", "2026-02-28T12:00:00.000Z"],
    ["1 year ago", "2025-05-31T12:00:00.000Z"],
  ])("%s", (text, expected) => {
    expect(parseMoment(text, NOW).toISOString()).toBe(expected);
  });

  it.each(["", "yesterday", "2026-13-01", "-1 day ago", "12"])("%j is refused", (text) => {
    expect(() => parseMoment(text, NOW)).toThrow(expect.objectContaining({ exit: 2 }));
  });
});

it.each([
  ["2 weeks", "2026-05-17T12:00:00.000Z"],
  ["5 minutes ago", "2026-05-31T11:55:00.000Z"],
  ["2026-01-02", "2026-01-02T00:00:00.000Z"],
])("%s is a moment in the past", (text, expected) => {
  expect(pastMoment(text, NOW).toISOString()).toBe(expected);
});
