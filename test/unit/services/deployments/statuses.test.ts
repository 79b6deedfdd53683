import { describe, expect, it } from "vitest";
import {
  deploymentStatus,
  installationStatus,
  latestExecutionStatus,
  worst,
} from "../../../../src/services/deployments/statuses.ts";

describe("the status of a deployment", () => {
  it.each([
    ["in_progress", "inactive", "in_progress"],
    ["completed", "active", "good"],
    ["completed", "inactive", "requires_attention"],
    ["cancelled", "active", "good"],
    ["failed", "active", "requires_attention"],
    [null, "inactive", "requires_attention"],
  ] as const)("after %s and %s is %s", (latest, installation, status) => {
    expect(deploymentStatus(latest, installation)).toBe(status);
  });

  it("is as bad as the worst of its parts", () => {
    expect(deploymentStatus("completed", "active", "in_progress", "requires_attention")).toBe("requires_attention");
    expect(worst([null, null])).toBeNull();
  });
});

it.each([
  [["started", "started"], "active"],
  [["started", "starting"], "inactive"],
  [[], "active"],
])("instances that are %j make it %s", (states, status) => {
  expect(installationStatus(states)).toBe(status);
});

it.each([
  ["terminated", "completed"],
  ["queued", "in_progress"],
  ["kill_cancelling", "in_progress"],
  ["failed", "failed"],
  ["scheduled", null],
  [null, null],
] as const)("a latest execution that is %s shows as %s", (status, shown) => {
  expect(latestExecutionStatus(status)).toBe(shown);
});
