import type { JsonObject } from "../../api/resources.ts";
import { isLive } from "../../api/statuses.ts";
import { Refusal } from "../refusal.ts";

/** What of a deployment decides whether its workflows are available. */
export interface DeploymentShape {
  instanceStates: readonly string[];
  /** Every type of every node, and the types those derive from. */
  nodeTypes: ReadonlySet<string>;
}

const ACTIVITY: Record<string, (states: readonly string[]) => boolean> = {
  all: (states) => states.every((state) => state === "started"),
  partial: (states) => states.some(isLive) && states.some((state) => state !== "started"),
  none: (states) => states.every((state) => state !== "started"),
};

/** Whether all rules that a workflow declares hold. One that declares none is always available. */
export function isAvailable(rules: JsonObject | null | undefined, deployment: DeploymentShape): boolean {
  if (!rules) return true;
  if (rules["available"] === false) return false;
  const activity = list(rules["node_instances_active"]);
  if (activity && !activity.some((word) => activityRule(word)(deployment.instanceStates))) return false;
  const types = list(rules["node_types_required"]);
  return !types || types.some((type) => deployment.nodeTypes.has(type));
}

/** @throws unavailable_workflow_error */
export function validateAvailability(
  workflow: { name: string; availability_rules?: JsonObject | null },
  deployment: DeploymentShape,
): void {
  if (!isAvailable(workflow.availability_rules, deployment)) {
    throw new Refusal("unavailable_workflow_error", `Workflow not available: ${workflow.name}`);
  }
}

const list = (value: unknown): string[] | undefined => (Array.isArray(value) ? value.map(String) : undefined);

function activityRule(word: string): (states: readonly string[]) => boolean {
  const rule = ACTIVITY[word];
  if (rule) return rule;
  throw new Refusal(
    "invalid_workflow_availability_rule_error",
    `Unknown value for node_instances_active: ${word}. Known are: ${Object.keys(ACTIVITY).join(", ")}`,
  );
}
