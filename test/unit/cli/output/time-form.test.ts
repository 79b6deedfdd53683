import { describe, expect, it } from "vitest";
import { isTime } from "../../../../src/cli/output/column.ts";
import { type TimeFormat, timeForm } from "../../../../src/cli/output/time-form.ts";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { anEvent } from "../../../helpers/resources.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const shown = (format: TimeFormat, value: unknown) => timeForm(format, { now: () => NOW })(value);

describe("a time", () => {
  it.each<[TimeFormat, string, string]>([
    ["iso", "2026-11-23T11:57:00.500Z", "2026-11-23T11:57:00.500Z"],
    ["unix", "2026-11-23T12:00:00.999Z", String(NOW / 1000)],
    ["unix", "2026-11-23 12:00:00", String(NOW / 1000)],
    ["unix", "2026-11-23T14:00:00+0200", String(NOW / 1000)],
    ["relative", "2026-11-23T11:59:59.500Z", "just now"],
    ["relative", "2026-11-23T11:59:18Z", "42 s ago"],
    ["relative", "2026-11-23T11:56:01Z", "3 min ago"],
    ["relative", "2026-11-23T10:00:00Z", "2 h ago"],
    ["relative", "2026-11-22T12:00:00Z", "1 day ago"],
    ["relative", "2026-11-01T12:00:00Z", "22 days ago"],
    ["relative", "2026-09-01T12:00:00Z", "2 months ago"],
    ["relative", "2024-01-01T12:00:00Z", "2 years ago"],
    ["relative", "2026-11-25T12:00:00Z", "in 2 days"],
  ])("as %s: %s is %s", (format, time, expected) => {
    expect(shown(format, time)).toBe(expected);
  });

  it("as local time says how far it is from UTC, and is the same moment", () => {
    const local = shown("local", "2026-11-23T12:00:00.000Z") as string;
    expect(local).toMatch(/^2026-11-2\d \d\d:\d\d:00[+-]\d\d:\d\d$/);
    expect(Date.parse(local.replace(" ", "T"))).toBe(NOW);
  });

  it("of a list is formed one by one, and what is none stays as it is", () => {
    expect(shown("unix", ["2026-11-23 12:00:00", null, "never"])).toEqual([String(NOW / 1000), null, "never"]);
  });
});

it.each([
  ["created_at", true],
  ["expiration_date", true],
  ["all_next_occurrences", true],
  ["last_used", true],
  ["value", false],
  ["latest_execution_status", false],
])("a column %s holds times: %j", (key, expected) => {
  expect(isTime({ key })).toBe(expected);
});

describe("--time-format", () => {
  const events = () =>
    fakeManager()
      .on("GET /executions/E1", { answer: { id: "E1" }, times: "any" })
      .list("/events", [anEvent({ message: "m", reported_timestamp: "2025-12-31T23:00:00.000Z" })]);

  it("goes for event lines, too", async () => {
    const { stdout } = await cfy("events list E1 --time-format relative", { manager: events() });
    expect(stdout).toBe("1 h ago  CFY <d1> m\n");
  });

  it("goes before CFY_TIME_FORMAT", async () => {
    const env = { CFY_TIME_FORMAT: "unix" };
    expect((await cfy("events list E1", { manager: events(), env })).stdout).toBe("1767222000  CFY <d1> m\n");
    const { stdout } = await cfy("events list E1 --time-format relative", { manager: events(), env });
    expect(stdout).toBe("1 h ago  CFY <d1> m\n");
  });

  it("in the environment that is none is refused before anything is asked", async () => {
    const { code, stderr } = await cfy("events list E1", { env: { CFY_TIME_FORMAT: "iso8601" } });
    expect(code).toBe(2);
    expect(stderr).toContain("It can be iso, relative, local, unix.");
  });
});
