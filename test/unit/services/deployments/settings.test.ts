import { describe, expect, it, onTestFinished } from "vitest";
import type { DefaultSchedule, DeploymentSettings } from "../../../../src/dsl/index.ts";
import { putDeploymentGroup } from "../../../../src/services/deployment-groups/change.ts";
import { applySettings } from "../../../../src/services/deployments/settings.ts";
import { type Database, LocalChanges, openDatabase } from "../../../../src/storage/index.ts";
import { databasePath, NOW } from "../../../helpers/database.ts";
import { VirtualClock } from "../../../helpers/virtual-clock.ts";
import { aBlueprint } from "../planned-world.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

const KEY = { tenant_name: "default_tenant", id: "d1" };

/** A deployment at 03:04:05 on the second of January. */
async function aFreshDeployment(displayName = "d1"): Promise<Database> {
  const database = openDatabase(databasePath(), new LocalChanges(), new VirtualClock(Date.parse(NOW)));
  onTestFinished(() => database.close());
  await database.unitOfWork((tx) => tx.tenants.insert({ name: "default_tenant", created_at: NOW }));
  await aDeployment(database);
  await database.unitOfWork((tx) => tx.deployments.update("default_tenant", "d1", { display_name: displayName }));
  return database;
}

const apply = (database: Database, settings: Partial<DeploymentSettings>) =>
  database.unitOfWork((tx) => applySettings(tx, KEY, { default_schedules: {}, ...settings }));
const schedule = (database: Database, id: string) => database.read.executionSchedules.get("default_tenant", "d1", id);

describe("a new deployment", () => {
  it("is named as its blueprint says", async () => {
    const database = await aFreshDeployment();
    await apply(database, { display_name: "Shop of Alice" });
    expect(await database.read.deployments.get("default_tenant", "d1")).toMatchObject({
      display_name: "Shop of Alice",
    });
  });

  it("keeps the name that it was given", async () => {
    const database = await aFreshDeployment("Mine");
    await apply(database, { display_name: "Shop of Alice" });
    expect(await database.read.deployments.get("default_tenant", "d1")).toMatchObject({ display_name: "Mine" });
  });

  it("joins the groups of its blueprint, which come to be when they are not there", async () => {
    const database = await aFreshDeployment();
    const shops = { id: "shops", tenant_name: "default_tenant", visibility: "tenant", created_by: "bob" } as const;
    await database.unitOfWork((tx) => tx.deploymentGroups.insert({ ...shops, created_at: tx.now() }));
    await apply(database, { default_groups: ["shops", "all"] });
    expect(await database.read.deploymentGroups.members("default_tenant", "shops")).toEqual(["d1"]);
    expect(await database.read.deploymentGroups.members("default_tenant", "all")).toEqual(["d1"]);
    expect(await database.read.deploymentGroups.get("default_tenant", "all")).toMatchObject({ created_by: "admin" });
  });

  it.each<[string, Partial<DefaultSchedule>, object]>([
    ["at a time", { since: "2026-02-01 10:00:00" }, { since: "2026-02-01T10:00:00.000Z", enabled: true, slip: 0 }],
    ["from now on, of the whole minute", { since: "+1h+5min" }, { since: "2026-01-02T04:09:00.000Z" }],
    ["until some time from now", { until: "+1 month" }, { until: "2026-02-02T03:04:00.000Z" }],
    ["that is disabled", { default_enabled: false }, { enabled: false }],
    ["that stops after a failure", { stop_after_fail: true, slip: 5 }, { stop_on_fail: true, slip: 5 }],
    [
      "with what its executions are given",
      { workflow_parameters: { a: 1 }, execution_arguments: { force: true } },
      { parameters: { a: 1 }, execution_arguments: { force: true, is_dry_run: false, wait_after_fail: 600 } },
    ],
    [
      "on days of the week",
      { recurrence: "1 week", weekdays: ["mo", "we"], count: 4 },
      { rule: { recurrence: "1 week", weekdays: ["mo", "we"], count: 4 } },
    ],
  ])("gets a schedule %s", async (_, given, stored) => {
    const database = await aFreshDeployment();
    await apply(database, {
      default_schedules: { nightly: { workflow: "install", since: "+1d", recurrence: "1 day", ...given } },
    });
    expect(await schedule(database, "nightly")).toMatchObject({ created_by: "admin", ...stored });
  });

  it("is given everything once, also when that is interrupted and done again", async () => {
    const database = await aFreshDeployment();
    const settings = {
      default_groups: ["all"],
      default_schedules: { once: { workflow: "install", since: "+1d", count: 1 } },
    };
    await apply(database, settings);
    const before = await schedule(database, "once");
    await apply(database, settings);
    expect(await schedule(database, "once")).toEqual(before);
  });

  it.each([
    [
      "of a workflow that it does not have",
      { workflow: "nosuch", since: "+1d", count: 1 },
      "nonexistent_workflow_error",
    ],
    ["that comes twice without saying how often", { workflow: "install", since: "+1d" }, "bad_parameters_error"],
  ])("is refused a schedule %s", async (_, wrong, code) => {
    const database = await aFreshDeployment();
    await expect(apply(database, { default_schedules: { wrong } })).rejects.toMatchObject({ code });
  });
});

describe("deployments that a group makes", () => {
  const blueprint = (idTemplate: string) => `tosca_definitions_version: cloudify_dsl_1_4
deployment_settings: {id_template: "${idTemplate}"}
node_types: {cloudify.nodes.Root: {}}
node_templates: {vm: {type: cloudify.nodes.Root}}
`;
  const make = async (idTemplate: string, ids: (string | undefined)[]) => {
    const { database } = await aDatabase();
    await aBlueprint(database, "bp1", blueprint(idTemplate));
    const newMembers = ids.map((id) => ({
      inputs: {},
      labels: [],
      runtimeOnlyEvaluation: false,
      ...(id ? { id } : {}),
    }));
    const group = { visibility: "tenant" as const, blueprintId: "bp1", members: {}, newMembers };
    return database.unitOfWork((tx) => putDeploymentGroup(tx, ADMIN, "g", group));
  };

  it("are named by the template of their blueprint, unless they have an id", async () => {
    const { deployment_ids } = await make("shop-{blueprint_id}-{count}", [undefined, "mine", undefined]);
    expect(deployment_ids).toEqual(["mine", "shop-bp1-0", "shop-bp1-2"]);
  });

  it("are not made when the template would name all of them the same", async () => {
    await expect(make("shop", [undefined])).rejects.toMatchObject({ code: "conflict_error" });
    expect((await make("shop", ["mine"])).deployment_ids).toEqual(["mine"]);
  });
});
