import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/api/resources.ts";
import { runUpdateFunction } from "../../../../src/services/deployment-updates/functions.ts";
import { updateView } from "../../../../src/services/deployment-updates/view.ts";
import { insertExecution } from "../../../../src/services/executions/insert.ts";
import type { Database, DeploymentUpdateRow } from "../../../../src/storage/index.ts";
import { aBlueprint, aPlannedDeployment } from "../planned-world.ts";
import { ADMIN, aDatabase } from "../world.ts";

const TENANT = "default_tenant";

const blueprint = ({ greeting = "hello", linked = "hello", plugin = "old", settings = "" }) => `
tosca_definitions_version: cloudify_dsl_1_5
plugins:
  ${plugin}: {executor: central_deployment_agent, package_name: ${plugin}, package_version: "1"}
  default_workflows: {executor: central_deployment_agent, install: false}
workflows:
  install: default_workflows.cloudify.plugins.workflows.install
node_types: {t: {}}
relationships:
  cloudify.relationships.connected_to: {properties: {connection_type: {default: all_to_all}}}
node_templates:
  a: {type: t}
  b:
    type: t
    interfaces:
      lifecycle:
        create: {implementation: ${plugin}.make, inputs: {greeting: ${greeting}}}
    relationships:
      - type: cloudify.relationships.connected_to
        target: a
        target_interfaces:
          link:
            establish: {implementation: ${plugin}.link, inputs: {greeting: ${linked}}}
${settings}
`;
const SCHEDULES = (recurrence: string) => `
deployment_settings:
  default_schedules:
    nightly: {workflow: install, since: "+1d", recurrence: ${recurrence}}
    weekly: {workflow: install, since: "+1d", recurrence: 1 week}
`;

async function updated(
  old: Parameters<typeof blueprint>[0],
  now: Parameters<typeof blueprint>[0],
  names: string[],
  before: (database: Database) => Promise<void> = () => Promise.resolve(),
): Promise<{ database: Database; update: DeploymentUpdateRow }> {
  const { database } = await aDatabase();
  await aBlueprint(database, "old", blueprint(old));
  await aBlueprint(database, "new", blueprint(now));
  await aPlannedDeployment(database, { id: "d1", blueprint: "old" });
  await before(database);
  await database.unitOfWork((tx) =>
    tx.deploymentUpdates.insert({
      id: "u1",
      tenant_name: TENANT,
      visibility: "tenant",
      created_by: "admin",
      created_at: tx.now(),
      deployment_id: "d1",
      state: "updating",
      old_blueprint_id: "old",
      new_blueprint_id: "new",
      new_inputs: {},
      details: {},
    }),
  );
  for (const name of ["prepare_plan", "create_steps", "prepare_update_nodes", ...names]) {
    await database.unitOfWork((tx) => runUpdateFunction(tx, TENANT, name, "u1"));
  }
  return { database, update: (await database.read.deploymentUpdates.get(TENANT, "u1")) as DeploymentUpdateRow };
}

describe("the plugins of a deployment update", () => {
  it("that nothing uses any more are told: of each node, and of the deployment", async () => {
    const { update } = await updated({ plugin: "old" }, { plugin: "better" }, ["prepare_plugin_changes"]);
    const { deployment_update_nodes: nodes } = updateView(update) as unknown as { deployment_update_nodes: JsonObject };
    expect(nodes["host_plugins_to_uninstall"]).toEqual({
      a: [expect.objectContaining({ name: "old" })],
      b: [expect.objectContaining({ name: "old" })],
    });
    expect(nodes["cda_plugins_to_uninstall"]).toEqual([expect.objectContaining({ name: "old" })]);
  });

  it("that stay are none of them", async () => {
    const { update } = await updated({}, { greeting: "hi" }, ["prepare_plugin_changes"]);
    expect(updateView(update).deployment_update_nodes).toMatchObject({
      host_plugins_to_uninstall: {},
      cda_plugins_to_uninstall: [],
    });
  });
});

describe("the schedules of a deployment update", () => {
  const rules = async (database: Database) => {
    const { items } = await database.read.executionSchedules.list({
      scope: { tenants: [TENANT], privateOf: "everyone" },
    });
    return Object.fromEntries(items.map(({ id, rule }) => [id, rule["recurrence"]]));
  };

  it("come, change, and stay when the new blueprint does not name them", async () => {
    const { database } = await updated(
      {},
      { settings: SCHEDULES("2 days") },
      ["set_deployment_attributes", "update_schedules"],
      (database) =>
        database.unitOfWork(async (tx) => {
          const owned = {
            tenant_name: TENANT,
            visibility: "tenant" as const,
            created_by: "admin",
            created_at: tx.now(),
          };
          for (const id of ["nightly", "mine"]) {
            await tx.executionSchedules.insert({
              ...owned,
              id,
              deployment_id: "d1",
              workflow_id: "install",
              parameters: {},
              execution_arguments: {},
              rule: { recurrence: "1 day" },
              since: tx.now(),
            });
          }
        }),
    );
    expect(await rules(database)).toEqual({ mine: "1 day", nightly: "2 days", weekly: "1 week" });
  });
});

describe("the stored operations of a deployment update", () => {
  const task = (state: string, name: string, node: string, related?: string) => ({
    state,
    parameters: {
      task_kwargs: {
        kwargs: {
          greeting: "hello",
          kept: 1,
          __cloudify_context: {
            node_name: node,
            operation: { name },
            has_intrinsic_functions: false,
            ...(related ? { related: { node_name: related } } : {}),
          },
        },
      },
    },
  });

  /** A failed execution with these tasks; afterwards what each of them would greet with. */
  async function greetings(now: Parameters<typeof blueprint>[0], tasks: ReturnType<typeof task>[]) {
    const { database } = await updated({}, now, ["update_operations"], (database) =>
      database.unitOfWork(async (tx) => {
        const { id } = await insertExecution(tx, ADMIN, {
          workflowId: "install",
          deployment: { id: "d1", blueprint_id: "old" },
          status: "pending",
          parameters: {},
        });
        await tx.executions.update(id, { status: "failed" });
        await tx.tasksGraphs.insert({ id: "g1", execution_id: id, name: "install", created_at: tx.now() });
        await tx.operations.insertMany(
          tasks.map(({ state, parameters }, index) => ({
            id: `o${index}`,
            tasks_graph_id: "g1",
            name: "make",
            state: state as "pending",
            type: "RemoteWorkflowTask",
            dependencies: [],
            parameters,
            created_at: tx.now(),
          })),
        );
      }),
    );
    const rows = await database.read.operations.ofGraph("g1");
    return rows.map(({ parameters }) => {
      const { greeting, kept, __cloudify_context } = (parameters["task_kwargs"] as { kwargs: JsonObject }).kwargs;
      const { has_intrinsic_functions } = __cloudify_context as JsonObject;
      return [greeting, kept, has_intrinsic_functions];
    });
  }

  it("that would run when the execution is resumed get the new inputs; those that have run do not", async () => {
    const told = await greetings({ greeting: "hi" }, [
      task("pending", "lifecycle.create", "b"),
      task("failed", "lifecycle.create", "b"),
      task("succeeded", "lifecycle.create", "b"),
      task("pending", "lifecycle.create", "a"),
    ]);
    expect(told).toEqual([
      ["hi", 1, true],
      ["hi", 1, true],
      ["hello", 1, false],
      ["hello", 1, false],
    ]);
  });

  it("of a relationship's target run on the target's node", async () => {
    const told = await greetings({ linked: "hi" }, [
      task("pending", "link.establish", "a", "b"),
      task("pending", "link.establish", "b", "a"),
    ]);
    expect(told).toEqual([
      ["hi", 1, true],
      ["hello", 1, false],
    ]);
  });
});
