import { expect, it } from "vitest";
import type { ExecutionStatus } from "../../../../src/api/statuses.ts";
import { groupStatus } from "../../../../src/services/execution-groups/status.ts";

it.each<[ExecutionStatus[], string | null]>([
  [[], null],
  [["pending", "pending"], "pending"],
  [["pending", "queued"], "queued"],
  [["terminated", "queued"], "started"],
  [["started", "failed"], "started"],
  [["terminated", "cancelled"], "terminated"],
  [["terminated", "failed"], "failed"],
])("a group of %j is %s", (statuses, expected) => {
  expect(groupStatus(statuses)).toBe(expected);
});
