import { expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";

it.each([
  ["blueprints summary visibility", "blueprints", "visibility"],
  ["deployments summary site_name --group-id g1", "deployments", "site_name", { deployment_group_id: "g1" }],
  ["executions summary status --group-id g1", "executions", "status", { execution_group_id: "g1" }],
  ["nodes summary deployment_id", "nodes", "deployment_id"],
  ["node-instances summary state", "node_instances", "state"],
  ["executions summary workflow_id -t other -a", "executions", "workflow_id"],
  ["deployments schedule summary workflow_id", "execution_schedules", "workflow_id"],
])("%s", async (line, counted, field, narrowed: Record<string, string> = {}) => {
  const query = { _target_field: field, ...narrowed };
  const manager = fakeManager().list(`/summary/${counted}`, [{ [field]: "x", [counted]: 3 }], { query });
  const ran = await cfy(`${line} --json`, { manager });
  expect(JSON.parse(ran.stdout)).toEqual([{ [field]: "x", [counted]: 3 }]);
});
