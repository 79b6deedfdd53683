import { describe, expect, it } from "vitest";
import type { Database, FilterRule, ListRequest } from "../../../src/storage/index.ts";
import { aDatabase, addDeployment, addExecution } from "../../helpers/database.ts";

const SCOPE = { tenants: ["default_tenant"], privateOf: "everyone" } as const;

const label = (key: string, value: string) => ({
  key,
  value,
  created_at: "2026-01-01T00:00:00.000Z",
  created_by: "admin",
});

/** `web` and `db` have labels, `Batch` has none. */
async function threeDeployments(): Promise<Database> {
  const database = await aDatabase();
  for (const id of ["web", "db", "Batch"]) await addDeployment(database, id);
  await database.unitOfWork(async (tx) => {
    await tx.deploymentLabels.replace("default_tenant", "web", [
      label("env", "prod"),
      label("env", "test"),
      label("tier", "1"),
    ]);
    await tx.deploymentLabels.replace("default_tenant", "db", [label("env", "dev")]);
    await tx.deployments.update("default_tenant", "db", { site_name: "50%_site" });
  });
  return database;
}

const ids = async (database: Database, request: Partial<ListRequest>) => {
  const { items, ...counts } = await database.read.deployments.list({ scope: SCOPE, fields: ["id"], ...request });
  return { ids: items.map(({ id }) => id), ...counts };
};

describe("a rule about a label", () => {
  it.each<[string, string[], string[]]>([
    ["any_of", ["prod", "dev"], ["web", "db"]],
    ["any_of", ["nosuch"], []],
    ["not_any_of", ["prod"], ["web", "db"]],
    ["not_any_of", ["dev"], ["web"]],
    ["is_not", ["prod"], ["db", "Batch"]],
    ["is_null", [], ["Batch"]],
    ["is_not_null", [], ["web", "db"]],
  ])("env %s %j keeps %j", async (operator, values, expected) => {
    const rules: FilterRule[] = [{ type: "label", key: "env", operator, values }];
    expect((await ids(await threeDeployments(), { rules })).ids).toEqual(expected);
  });
});

describe("a rule about an attribute", () => {
  it.each<[string, string, string[], string[]]>([
    ["id", "any_of", ["web", "db"], ["web", "db"]],
    ["id", "not_any_of", ["web"], ["db", "Batch"]],
    ["id", "contains", ["b"], ["web", "db"]],
    ["id", "contains", ["a", "w"], ["web", "Batch"]],
    ["id", "not_contains", ["w", "B"], ["db"]],
    ["id", "starts_with", ["b"], ["Batch"]],
    ["id", "ends_with", ["B"], ["web", "db"]],
    ["site_name", "ends_with", ["%_site"], ["db"]],
    ["site_name", "starts_with", ["5_"], []],
    ["site_name", "is_not_empty", [], ["db"]],
    ["schedules", "is_not_empty", [], []],
  ])("%s %s %j keeps %j", async (key, operator, values, expected) => {
    const rules: FilterRule[] = [{ type: "attribute", key, operator, values }];
    expect((await ids(await threeDeployments(), { rules })).ids).toEqual(expected);
  });
});

it("all rules hold together, and what they hide is counted", async () => {
  const rules: FilterRule[] = [
    { type: "label", key: "env", operator: "is_not_null", values: [] },
    { type: "attribute", key: "id", operator: "starts_with", values: ["w"] },
  ];
  expect(await ids(await threeDeployments(), { rules })).toEqual({ ids: ["web"], total: 1, filtered: 2 });
});

it("resources are sorted by a label's value, those without it first", async () => {
  const sort = [{ field: "label:env", descending: false }];
  expect((await ids(await threeDeployments(), { sort })).ids).toEqual(["Batch", "db", "web"]);
});

it("a group's members are listed, each kind in its own groups", async () => {
  const database = await threeDeployments();
  await addExecution(database, { id: "E1" });
  await addExecution(database, { id: "E2" });
  await database.unitOfWork(async (tx) => {
    const owned = {
      tenant_name: "default_tenant",
      visibility: "tenant",
      created_by: "admin",
      created_at: tx.now(),
    } as const;
    await tx.deploymentGroups.insert({ ...owned, id: "G" });
    await tx.deploymentGroups.addMembers("default_tenant", "G", ["db", "web"]);
    await tx.executionGroups.insert({ ...owned, id: "G", workflow_id: "install" });
    await tx.executionGroups.addMembers("G", ["E2"]);
  });
  expect((await ids(database, { group: "G" })).ids).toEqual(["web", "db"]);
  const { items } = await database.read.executions.list({ scope: SCOPE, group: "G" });
  expect(items.map(({ id }) => id)).toEqual(["E2"]);
});

it("a label that stays keeps the time at which it was set", async () => {
  const database = await threeDeployments();
  const later = { ...label("env", "dev"), created_at: "2027-01-01T00:00:00.000Z" };
  await database.unitOfWork((tx) => tx.deploymentLabels.replace("default_tenant", "db", [later, label("new", "1")]));
  const labels = await database.read.deploymentLabels.of("default_tenant", ["db", "Batch"]);
  expect(labels).toEqual(
    new Map([
      ["db", [label("env", "dev"), label("new", "1")]],
      ["Batch", []],
    ]),
  );
});
