import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/api/resources.ts";
import { createDeployment } from "../../../../src/services/deployments/create.ts";
import { startExecution } from "../../../../src/services/executions/start.ts";
import { createFilter } from "../../../../src/services/filters/stored-filters.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { aBlueprint, aPlannedDeployment } from "../planned-world.ts";
import { ADMIN, aDatabase } from "../world.ts";

const WORLD = `
plugins: {p: {executor: central_deployment_agent, install: false}}
node_types:
  app.Root: {}
  app.Server: {derived_from: app.Root, interfaces: {app: {restart: {implementation: p.restart}}}}
node_templates:
  web: {type: app.Server}
  db: {type: app.Root}
capabilities:
  endpoint: {value: "http://web"}
  port: {value: 80}
workflows:
  check:
    mapping: p.check
    parameters:
      where: {type: capability_value, constraints: [{name_pattern: {starts_with: end}}]}
`;
const VERSION = "tosca_definitions_version: cloudify_dsl_1_5\n";
const input = (type: string, constraints: JsonObject[] = []) =>
  `inputs: {it: {type: ${type}, constraints: ${JSON.stringify(constraints)}}}\n`;

/** A server with the deployment `app1` of the blueprint `app`, shown as `The app`; with labels, a filter and a secret. */
async function aWorld(): Promise<Database> {
  const { database } = await aDatabase();
  await aBlueprint(database, "app", VERSION + WORLD);
  await aPlannedDeployment(database, { id: "app1", blueprint: "app" });
  const owned = { tenant_name: "default_tenant", visibility: "tenant" as const, created_by: "admin" };
  await database.unitOfWork(async (tx) => {
    const created_at = tx.now();
    await tx.deployments.update("default_tenant", "app1", { display_name: "The app" });
    const label = { key: "env", value: "prod", created_by: "admin", created_at };
    await tx.deploymentLabels.add("default_tenant", "app1", [label]);
    await tx.secrets.insert({ ...owned, key: "db_password", created_at });
    const rules = [{ key: "env", values: ["prod"], operator: "any_of", type: "label" }];
    await createFilter(tx, ADMIN, "deployments", "in-use", { rules, visibility: "tenant" });
  });
  return database;
}

async function create(database: Database, declaration: string, value: unknown): Promise<unknown> {
  await aBlueprint(database, "asking", VERSION + declaration + WORLD);
  return database.unitOfWork((tx) =>
    createDeployment(tx, ADMIN, {
      id: "new",
      blueprintId: "asking",
      inputs: { it: value as never },
      visibility: "tenant",
      labels: [],
      runtimeOnlyEvaluation: false,
    }),
  );
}

const OF_APP1 = { deployment_id: "app1" };

describe("an input that names an object", () => {
  it.each<[string, unknown, JsonObject[]]>([
    ["deployment_id", "app1", []],
    ["deployment_id", "app1", [{ labels: [{ env: "prod" }] }, { name_pattern: { contains: "app" } }]],
    ["deployment_id", "app1", [{ filter_id: "in-use" }, { tenants: ["default_tenant"] }]],
    ["blueprint_id", "app", [{ name_pattern: { starts_with: "a" } }]],
    ["secret_key", "db_password", [{ name_pattern: { ends_with: "password" } }]],
    ["node_id", "web", []],
    ["node_id", "web", [OF_APP1, { name_pattern: { equals_to: "web" } }]],
    ["node_type", "app.Root", [OF_APP1]],
    ["operation_name", "app.restart", [OF_APP1, { valid_values: ["app.restart", "app.stop"] }]],
    ["capability_value", "http://web", [OF_APP1, { name_pattern: { starts_with: "end" } }]],
    ["capability_value", 80, [OF_APP1]],
  ])("of type %s may be %j where %j holds", async (type, value, constraints) => {
    const database = await aWorld();
    await expect(create(database, input(type, constraints), value)).resolves.toMatchObject({ id: "new" });
  });

  it.each<[string, unknown, JsonObject[]]>([
    ["deployment_id", "nosuch", []],
    ["deployment_id", "app1", [{ labels: [{ env: "test" }] }]],
    ["deployment_id", "app1", [{ filter_id: "nosuch" }]],
    ["deployment_id", "app1", [{ tenants: ["other"] }]],
    ["deployment_id", "app1", [{ name_pattern: { starts_with: "app" } }]],
    ["blueprint_id", "nosuch", []],
    ["secret_key", "db_password", [{ name_pattern: { starts_with: "web" } }]],
    ["node_id", "nosuch", [OF_APP1]],
    ["node_id", "web", [{ deployment_id: "nosuch" }]],
    ["node_type", "app.Client", [OF_APP1]],
    ["operation_name", "app.restart", [OF_APP1, { valid_values: ["app.stop"] }]],
    ["capability_value", "http://web", [OF_APP1, { name_pattern: { starts_with: "port" } }]],
    ["capability_value", "http://web", []],
    ["node_instance", "web_zzzzzz", [OF_APP1]],
  ])("of type %s may not be %j where %j holds", async (type, value, constraints) => {
    const database = await aWorld();
    await expect(create(database, input(type, constraints), value)).rejects.toMatchObject({
      code: "deployment_creation_error",
    });
    expect(await database.read.deployments.get("default_tenant", "new")).toBeUndefined();
  });
});

it.each([
  ["app1", "http://web", true],
  ["nosuch", "http://web", false],
])("constraints may ask for other inputs: a capability of %s that is %s", async (deployment, value, isIt) => {
  const database = await aWorld();
  const inputs = `inputs:
  other: {}
  it: {type: capability_value, constraints: [{deployment_id: {get_input: other}}]}
`;
  await aBlueprint(database, "asking", VERSION + inputs + WORLD);
  const request = { id: "new", blueprintId: "asking", visibility: "tenant" as const, labels: [] };
  const created = database.unitOfWork((tx) =>
    createDeployment(tx, ADMIN, { ...request, inputs: { other: deployment, it: value }, runtimeOnlyEvaluation: false }),
  );
  await (isIt ? expect(created).resolves.toMatchObject({ id: "new" }) : expect(created).rejects.toThrow());
});

describe("a parameter that names an object", () => {
  const start = (database: Database, where: string) =>
    database.unitOfWork((tx) =>
      startExecution(tx, ADMIN, {
        deploymentId: "app1",
        workflowId: "check",
        parameters: { where },
        allowCustomParameters: false,
        force: false,
        queue: false,
        dryRun: false,
        waitAfterFail: 600,
      }),
    );

  it("is looked up in its own deployment, within its constraints", async () => {
    const database = await aWorld();
    await expect(start(database, "http://db")).rejects.toMatchObject({
      message:
        "Parameter \"where\" does not meet its constraints: Value 'http://db' of 'where' is not a valid value for data type 'capability_value'.",
    });
    expect(await start(database, "http://web")).toMatchObject({ parameters: { where: "http://web" } });
  });
});
