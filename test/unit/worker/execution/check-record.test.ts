import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/api/resources.ts";
import { recordCheck } from "../../../../src/worker/execution/check-record.ts";

const NOW = "2026-05-01T12:00:00.000Z";
const GOOD = { ok: true, result: null, task: null };
const BAD = { ok: false, result: "down", task: "check" };

const recorded = (before: JsonObject, check: Parameters<typeof recordCheck>[1]) =>
  recordCheck({ state: "started", system_properties: before }, check, NOW);

describe("a check", () => {
  it("of the status keeps the one before it", () => {
    const status = { ...GOOD, timestamp: "earlier" };
    const check = { nodeInstanceId: "vm_1", check: "status", relatedId: null, entry: BAD, reset: false } as const;
    expect(recorded({ status, other: 1 }, check)).toMatchObject({
      system_properties: { status: { ...BAD, timestamp: NOW }, previous_status: status, other: 1 },
      is_status_check_ok: false,
    });
    expect(recorded({}, check).system_properties["previous_status"]).toBeNull();
  });

  it("that begins anew forgets the one before it", () => {
    const check = { nodeInstanceId: "vm_1", check: "status", relatedId: null, entry: GOOD, reset: true } as const;
    expect(recorded({ status: BAD }, check)).toMatchObject({
      system_properties: { status: { ...GOOD, timestamp: NOW }, previous_status: null },
      is_status_check_ok: true,
    });
  });

  it("of a relationship is kept under the other side's id, beside those of others", () => {
    const check = "source_relationships_configuration_drift";
    const one = { nodeInstanceId: "vm_1", check, relatedId: "db_1", entry: BAD, reset: false } as const;
    const { system_properties } = recorded({ [check]: { web_1: GOOD } }, one);
    expect(system_properties).toEqual({ [check]: { web_1: GOOD, db_1: { ...BAD, timestamp: NOW } } });
    expect(recorded({ [check]: null }, one).system_properties[check]).toEqual({ db_1: { ...BAD, timestamp: NOW } });
  });
});
