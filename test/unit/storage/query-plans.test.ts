import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LocalChanges, openDatabase, type Repositories } from "../../../src/storage/index.ts";
import { repositories } from "../../../src/storage/repositories.ts";
import { openConnection, queryBuilder } from "../../../src/storage/sqlite.ts";
import { addExecution, databasePath, NOW } from "../../helpers/database.ts";
import { aDeploymentIn } from "../../helpers/deployment.ts";

let connection: ReturnType<typeof openConnection>;

beforeEach(async () => {
  const path = databasePath();
  const database = openDatabase(path, new LocalChanges());
  await database.unitOfWork((tx) => tx.tenants.insert({ name: "default_tenant", created_at: NOW }));
  await aDeploymentIn(database, "web");
  await addExecution(database, { id: "E1", deployment_id: "web" });
  await database.unitOfWork(async (tx) => {
    const owned = {
      tenant_name: "default_tenant",
      visibility: "tenant",
      created_by: "admin",
      created_at: NOW,
    } as const;
    await tx.executionGroups.insert({ ...owned, id: "G", workflow_id: "install" });
    await tx.executionGroups.addMembers("G", ["E1"]);
    await tx.deploymentGroups.insert({ ...owned, id: "G" });
    await tx.deploymentGroups.addMembers("default_tenant", "G", ["web"]);
    const event = {
      type: "cloudify_event",
      tenant_name: "default_tenant",
      execution_id: "E1",
      timestamp: NOW,
    } as const;
    await tx.events.append([{ ...event, deployment_id: "web", message: "hello" }], NOW);
  });
  await database.close();
  connection = openConnection(path);
});

afterEach(() => {
  connection.close();
});

/** How SQLite goes about each statement of a question. */
async function plansOf(ask: (read: Repositories) => Promise<unknown>): Promise<string[]> {
  const prepare = vi.spyOn(connection, "prepare");
  await ask(repositories(queryBuilder(connection)));
  const statements = prepare.mock.calls.map(([statement]) => statement);
  prepare.mockRestore();
  return statements.map((statement) => {
    const steps = connection.prepare(`explain query plan ${statement}`).all() as { detail: string }[];
    return steps.map(({ detail }) => detail).join("\n");
  });
}

const scope = { tenants: ["default_tenant"], privateOf: "everyone" } as const;
const page = { scope, size: 10 };
const newest = [{ field: "created_at", descending: true }];
const ofTenant = { tenant: "default_tenant", size: 10 };
const reported = [{ field: "reported_timestamp", descending: false }];

it.each<[string, (read: Repositories) => Promise<unknown>]>([
  ["a deployment's executions", ({ executions }) => executions.list({ ...page, filters: { deployment_id: ["web"] } })],
  [
    "its newest executions",
    ({ executions }) => executions.list({ ...page, filters: { deployment_id: ["web"] }, sort: newest }),
  ],
  ["its nodes", ({ nodes }) => nodes.list({ ...page, filters: { deployment_id: ["web"] } })],
  ["its node instances", ({ nodeInstances }) => nodeInstances.list({ ...page, filters: { deployment_id: ["web"] } })],
  ["its active executions", ({ executions }) => executions.active("default_tenant", "web")],
  ["a blueprint's deployments", ({ deployments }) => deployments.list({ ...page, filters: { blueprint_id: ["bp"] } })],
  ["a group's executions", ({ executions }) => executions.list({ ...page, group: "G" })],
  ["a group's deployments", ({ deployments }) => deployments.list({ ...page, group: "G" })],
  ["an execution's events", ({ events }) => events.list({ ...ofTenant, equal: { execution_id: ["E1"] } })],
  [
    "an execution's events as they come",
    ({ events }) => events.list({ ...ofTenant, equal: { execution_id: ["E1"] }, sort: reported }),
  ],
  [
    "an execution's events of some message",
    ({ events }) => events.list({ ...ofTenant, equal: { execution_id: ["E1"] }, message: ["h%"] }),
  ],
  [
    "a group's events",
    ({ events }) => events.list({ ...ofTenant, equal: { execution_group_id: ["G"] }, sort: reported }),
  ],
  ["a deployment's events", ({ events }) => events.list({ ...ofTenant, equal: { deployment_id: ["web"] } })],
])("%s are found without reading those of others", async (_, ask) => {
  const plans = await plansOf(ask);
  expect(plans).not.toHaveLength(0);
  for (const plan of plans) {
    expect(plan).toMatch(/SEARCH (executions|nodes|node_instances|deployments|events) /);
    expect(plan).not.toMatch(/SCAN (executions|nodes|node_instances|deployments|events)\b|events_by_time/);
  }
});

it("a page looks up what it shows of other tables after it has been chosen", async () => {
  const sort = [{ field: "display_name", descending: true }];
  const [, plan] = await plansOf(({ deployments }) => deployments.list({ ...page, sort }));
  expect(plan).toMatch(/SEARCH deployments USING INTEGER PRIMARY KEY/);
});

it("more ids are taken than one statement holds", async () => {
  const ids = Array.from({ length: 40_000 }, (_, index) => `D${index}`);
  const { deploymentLabels, executions } = repositories(queryBuilder(connection));
  expect((await deploymentLabels.of("default_tenant", [...ids, "web"])).size).toBe(ids.length + 1);
  await executions.remove([...ids, "E1"]);
  expect(await executions.get("E1")).toBeUndefined();
});
