import { describe, expect, it } from "vitest";
import type { Database, ListRequest } from "../../../src/storage/index.ts";
import { aDatabase, addDeployment, addExecution } from "../../helpers/database.ts";

const SCOPE = { tenants: ["default_tenant"], privateOf: "everyone" } as const;

async function threeExecutions(): Promise<Database> {
  const database = await aDatabase();
  await addDeployment(database, "web");
  await addExecution(database, { id: "E1", deployment_id: "web", status: "terminated" });
  await addExecution(database, { id: "E2", deployment_id: "web", status: "failed", is_dry_run: true, error: "oops" });
  await addExecution(database, { id: "E3", status: "pending", workflow_id: "scale_100%" });
  return database;
}

const ids = async (database: Database, request: Partial<ListRequest>) => {
  const { items, total } = await database.read.executions.list({ scope: SCOPE, ...request });
  return { ids: items.map(({ id }) => id), total };
};

describe("a list", () => {
  it.each<[string, Partial<ListRequest>, string[], number]>([
    ["keeps the order of insertion where times are equal", {}, ["E1", "E2", "E3"], 3],
    [
      "takes several values of a filter as alternatives",
      { filters: { status: ["failed", "pending"] } },
      ["E2", "E3"],
      2,
    ],
    ["takes several filters together", { filters: { status: ["failed"], workflow_id: ["scale"] } }, [], 0],
    ["compares flags whatever the case of their words", { filters: { is_dry_run: ["True"] } }, ["E2"], 1],
    ["filters by what is absent", { filters: { deployment_id: [null] } }, ["E3"], 1],
    ["filters by a field of another table", { filters: { deployment_display_name: ["the web"] } }, ["E1", "E2"], 2],
    ["sorts both ways", { sort: [{ field: "id", descending: true }] }, ["E3", "E2", "E1"], 3],
    [
      "puts what has no value after all others when it sorts upwards",
      { sort: [{ field: "error", descending: false }] },
      ["E2", "E1", "E3"],
      3,
    ],
    [
      "puts what has no value before all others when it sorts downwards",
      { sort: [{ field: "deployment_display_name", descending: true }] },
      ["E3", "E1", "E2"],
      3,
    ],
    ["finds nothing by what is no number", { filters: { total_operations: ["many", "1.5", "1e400"] } }, [], 0],
    ["finds no time in a number", { ranges: [{ field: "wait_after_fail", to: "2030-01-01T00:00:00.000Z" }] }, [], 0],
    ["counts all when it shows one page", { size: 1, offset: 1 }, ["E2"], 3],
    ["shows nothing and counts all for size 0", { size: 0 }, [], 3],
    ["searches case aside", { search: [{ text: "SCALE", fields: ["workflow_id"] }] }, ["E3"], 1],
    ["takes a searched percent sign as itself", { search: [{ text: "0%", fields: ["workflow_id"] }] }, ["E3"], 1],
    [
      "does not take a searched underscore for any letter",
      { search: [{ text: "i_stall", fields: ["workflow_id"] }] },
      [],
      0,
    ],
  ])("%s", async (_, request, expected, total) => {
    expect(await ids(await threeExecutions(), request)).toEqual({ ids: expected, total });
  });

  it("reads only the named fields", async () => {
    const database = await threeExecutions();
    const { items } = await database.read.executions.list({ scope: SCOPE, fields: ["id", "is_dry_run"], size: 1 });
    expect(items).toEqual([{ id: "E1", is_dry_run: false }]);
  });

  it("leaves a blueprint's plan unread unless it is asked for", async () => {
    const database = await threeExecutions();
    const without = await database.read.blueprints.list({ scope: SCOPE });
    const named = await database.read.blueprints.list({ scope: SCOPE, fields: ["id", "plan"] });
    expect(without.items[0]).not.toHaveProperty("plan");
    expect(named.items).toEqual([{ id: "web", plan: { nodes: [] } }]);
  });
});

describe("who sees what", () => {
  async function sharedAndPrivate() {
    const database = await aDatabase();
    const at = "2026-01-01T00:00:00.000Z";
    await database.unitOfWork(async (tx) => {
      await tx.tenants.insert({ name: "other", created_at: at });
      const site = { created_at: at, created_by: "ann" };
      await tx.sites.insert({ ...site, tenant_name: "default_tenant", name: "private", visibility: "private" });
      await tx.sites.insert({ ...site, tenant_name: "default_tenant", name: "open", visibility: "tenant" });
      await tx.sites.insert({ ...site, tenant_name: "other", name: "theirs", visibility: "tenant" });
      await tx.sites.insert({ ...site, tenant_name: "other", name: "everyones", visibility: "global" });
    });
    return async (scope: ListRequest["scope"]) =>
      (await database.read.sites.list({ scope, sort: [{ field: "name", descending: false }] })).items.map(
        ({ name }) => name,
      );
  }

  it.each<[string, ListRequest["scope"], string[]]>([
    ["a user", { tenants: ["default_tenant"], privateOf: "bob" }, ["everyones", "open"]],
    ["the owner", { tenants: ["default_tenant"], privateOf: "ann" }, ["everyones", "open", "private"]],
    ["an administrator", { tenants: ["default_tenant"], privateOf: "everyone" }, ["everyones", "open", "private"]],
    [
      "an administrator of all tenants",
      { tenants: "all", privateOf: "everyone" },
      ["everyones", "open", "private", "theirs"],
    ],
  ])("%s", async (_, scope, expected) => {
    expect(await (await sharedAndPrivate())(scope)).toEqual(expected);
  });
});
