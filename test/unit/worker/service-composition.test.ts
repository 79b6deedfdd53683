import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/api/resources.ts";
import { serverHome } from "../../../src/lib/server-home.ts";
import { createDeployment } from "../../../src/services/deployments/create.ts";
import { startExecution } from "../../../src/services/executions/start.ts";
import { blueprintDirectory } from "../../../src/services/files/layout.ts";
import { parseLabels } from "../../../src/services/labels/parse-labels.ts";
import { aBlueprint } from "../services/planned-world.ts";
import { ADMIN } from "../services/world.ts";
import { WorkerHarness } from "./worker-harness.ts";

const TENANT = "default_tenant";
const HEAD = "tosca_definitions_version: cloudify_dsl_1_5\nimports: [cloudify/types/types.yaml]\n";

/** Offers what it is told, after it was started. */
const PART = `${HEAD}
inputs: {size: {default: 1}}
node_templates:
  n: {type: cloudify.nodes.Root}
capabilities:
  size: {value: {get_input: size}}
`;
const APP = `${HEAD}
node_templates:
  part:
    type: cloudify.nodes.Component
    properties:
      resource_config:
        blueprint: {id: part-bp, blueprint_archive: part}
        deployment: {id: part1, inputs: {size: 7}, labels: [{env: prod}]}
`;

let harness: WorkerHarness;
beforeEach(async () => {
  harness = await WorkerHarness.make();
  await harness.database.unitOfWork((tx) =>
    tx.users.insert({ username: "admin", password_hash: "", role: "sys_admin", created_at: tx.now() }),
  );
});
afterEach(() => harness.remove());

async function file(blueprint: string, path: string, text: string): Promise<void> {
  const target = join(blueprintDirectory(serverHome(harness.root).files, TENANT, blueprint), path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
}

/** A deployment of a blueprint, its environment made. */
async function deployed(id: string, blueprintId: string, labels: Record<string, string>[] = []): Promise<void> {
  const { create_execution } = await harness.database.unitOfWork((tx) =>
    createDeployment(tx, ADMIN, {
      id,
      blueprintId,
      inputs: {},
      visibility: "tenant",
      labels: parseLabels(labels),
      runtimeOnlyEvaluation: false,
    }),
  );
  expect(await harness.ended(create_execution ?? "")).toEqual({ status: "terminated", error: "" });
}

const started = (deploymentId: string, workflowId: string, parameters: JsonObject = {}) =>
  harness.database.unitOfWork((tx) =>
    startExecution(tx, ADMIN, {
      deploymentId,
      workflowId,
      parameters,
      allowCustomParameters: false,
      force: false,
      queue: false,
      dryRun: false,
      waitAfterFail: 600,
    }),
  );

async function run(deploymentId: string, workflowId: string, parameters: JsonObject = {}) {
  const { id } = await started(deploymentId, workflowId, parameters);
  return { id, ...(await harness.ended(id)) };
}

const deployment = (id: string) => harness.database.read.deployments.get(TENANT, id);
const blueprint = (id: string) => harness.database.read.blueprints.get(TENANT, id, ["state"]);

async function instanceOf(deploymentId: string, node: string) {
  const rows = await harness.database.read.nodeInstances.ofDeployment(TENANT, deploymentId);
  return rows.find(({ node_id }) => node_id === node);
}

describe("a component", () => {
  it("is a deployment that its node uploads, makes, installs, and takes away again", async () => {
    await aBlueprint(harness.database, "app", APP);
    await file("app", "part/blueprint.yaml", PART);
    harness.startWorker();
    await deployed("app", "app");
    const install = await run("app", "install");
    expect(install).toMatchObject({ status: "terminated", error: "" });
    expect(await deployment("part1")).toMatchObject({ installation_status: "active", inputs: { size: 7 } });
    const instance = await instanceOf("app", "part");
    expect(instance).toMatchObject({
      state: "started",
      runtime_properties: { deployment: { id: "part1" }, capabilities: { size: 7 }, blueprint: { id: "part-bp" } },
    });
    const labels = (await harness.database.read.deploymentLabels.of(TENANT, ["part1"])).get("part1") ?? [];
    expect(labels.map(({ key, value }) => `${key}=${value}`)).toEqual(["env=prod", "csys-obj-parent=app"]);
    expect(await harness.database.read.interDeploymentDependencies.ofSources(TENANT, ["app"])).toEqual([
      expect.objectContaining({ dependency_creator: `component.${instance?.id}`, target_deployment_id: "part1" }),
    ]);
    expect(await deployment("app")).toMatchObject({ deployment_status: "good", sub_services_count: 1 });
    expect(await harness.messages(install.id)).toContain("[part1] 'install' workflow execution succeeded");

    expect(await run("app", "uninstall")).toMatchObject({ status: "terminated", error: "" });
    expect(await deployment("part1")).toBeUndefined();
    expect(await blueprint("part-bp")).toBeUndefined();
    expect(await instanceOf("app", "part")).toMatchObject({
      state: "deleted",
      runtime_properties: { capabilities: { size: 7 } },
    });
    expect(await harness.database.read.interDeploymentDependencies.ofSources(TENANT, ["app"])).toEqual([]);
  });

  it("goes away with the services of its environment, though one of them depends on it", async () => {
    await aBlueprint(harness.database, "app", APP);
    await aBlueprint(
      harness.database,
      "user",
      `${HEAD}
node_templates: {n: {type: cloudify.nodes.Root}}
outputs: {size: {value: {get_capability: [part1, size]}}}
`,
    );
    await file("app", "part/blueprint.yaml", PART);
    harness.startWorker();
    await deployed("app", "app");
    await run("app", "install");
    await deployed("user", "user", [{ "csys-obj-parent": "app" }]);
    await expect(started("app", "uninstall")).rejects.toThrow("is the parent of deployment user");
    expect(await run("app", "uninstall", { recursive: true })).toMatchObject({ status: "terminated", error: "" });
    expect(await deployment("part1")).toBeUndefined();
    expect(await instanceOf("app", "part")).toMatchObject({ state: "deleted" });
  });

  it("whose installation fails is the failure of its node, with the reason", async () => {
    const script = "#!/bin/bash\nctx abort-operation 'no luck'\n";
    const failing = PART.replace(
      "n: {type: cloudify.nodes.Root}",
      "n: {type: cloudify.nodes.Root, interfaces: {cloudify.interfaces.lifecycle: {create: {implementation: fail.sh, executor: central_deployment_agent}}}}",
    );
    await aBlueprint(harness.database, "app", APP);
    await file("app", "part/blueprint.yaml", failing);
    await file("app", "part/fail.sh", script);
    harness.startWorker();
    await deployed("app", "app");
    const { status, error } = await run("app", "install");
    expect(status).toBe("failed");
    expect(error).toMatch(/Error in execute_start: the execution \S+ of install of deployment part1 is failed/);
  });

  it("is waited for by the next worker when one dies, and installed once", async () => {
    const script = '#!/bin/bash\necho waiting\nuntil [ -e "$flag" ]; do sleep 0.02; done\n';
    const create = `{implementation: wait.sh, executor: central_deployment_agent, inputs: {flag: ${join(harness.root, "flag")}}}`;
    const slow = PART.replace(
      "n: {type: cloudify.nodes.Root}",
      `n: {type: cloudify.nodes.Root, interfaces: {cloudify.interfaces.lifecycle: {create: ${create}}}}`,
    );
    await aBlueprint(harness.database, "app", APP);
    await file("app", "part/blueprint.yaml", slow);
    await file("app", "part/wait.sh", script);
    const first = harness.startWorker();
    await deployed("app", "app");
    const { id } = await started("app", "install");
    await harness.said(id, "<out> waiting");
    await first.stop();
    harness.startWorker();
    await harness.flag();
    expect(await harness.ended(id)).toEqual({ status: "terminated", error: "" });
    const installs = await harness.database.read.executions.ofWorkflow(TENANT, "part1", "install");
    expect(installs.map(({ status }) => status)).toEqual(["terminated"]);
  });

  it("that is external is used and left as it is", async () => {
    await aBlueprint(harness.database, "part-bp", PART);
    await aBlueprint(
      harness.database,
      "app",
      APP.replace("{id: part-bp,", "{id: part-bp, external_resource: true,").replace(
        "{id: part1,",
        "{id: part1, external_resource: true,",
      ),
    );
    harness.startWorker();
    await deployed("part1", "part-bp");
    await deployed("app", "app");
    expect(await run("app", "install")).toMatchObject({ status: "terminated" });
    expect(await run("app", "uninstall")).toMatchObject({ status: "terminated" });
    expect(await deployment("part1")).toMatchObject({ installation_status: "inactive" });
    expect(await blueprint("part-bp")).toMatchObject({ state: "uploaded" });
  });
});

describe("a shared resource", () => {
  const USER = `${HEAD}
node_templates:
  infra:
    type: cloudify.nodes.SharedResource
    properties: {resource_config: {deployment: {id: infra}}}
`;

  it("is installed when it is first needed, and uninstalled when nobody needs it any more", async () => {
    await aBlueprint(harness.database, "part-bp", PART);
    await aBlueprint(harness.database, "user", USER);
    harness.startWorker();
    await deployed("infra", "part-bp", [{ "csys-obj-type": "on-demand-resource" }]);
    for (const id of ["one", "two"]) await deployed(id, "user");
    expect(await run("one", "install")).toMatchObject({ status: "terminated", error: "" });
    expect(await run("two", "install")).toMatchObject({ status: "terminated", error: "" });
    expect((await instanceOf("one", "infra"))?.runtime_properties).toEqual({
      deployment: { id: "infra" },
      capabilities: { size: 1 },
    });
    await expect(run("infra", "uninstall")).rejects.toThrow("Deployment `one` uses a shared resource from");
    expect(await run("one", "uninstall")).toMatchObject({ status: "terminated", error: "" });
    expect(await deployment("infra")).toMatchObject({ installation_status: "active" });
    expect(await run("two", "uninstall")).toMatchObject({ status: "terminated", error: "" });
    expect(await deployment("infra")).toMatchObject({ installation_status: "inactive" });
  });

  it("that nobody has installed cannot be used", async () => {
    await aBlueprint(harness.database, "part-bp", PART);
    await aBlueprint(harness.database, "user", USER);
    harness.startWorker();
    await deployed("infra", "part-bp");
    await deployed("one", "user");
    const { status, error } = await run("one", "install");
    expect([status, error]).toEqual(["failed", expect.stringContaining("Please install the deployment first")]);
  });
});

describe("a password", () => {
  it("is a secret as long as its node is installed; the node knows only its name", async () => {
    await aBlueprint(
      harness.database,
      "app",
      `${HEAD}\nnode_templates:\n  key: {type: cloudify.nodes.PasswordSecret, properties: {length: 20, digits: 4, secret_name: my_key}}\n`,
    );
    harness.startWorker();
    await deployed("app", "app");
    expect(await run("app", "install")).toMatchObject({ status: "terminated", error: "" });
    expect((await instanceOf("app", "key"))?.runtime_properties).toEqual({
      secret_name: "my_key",
      password: { get_secret: "my_key" },
    });
    expect(await harness.database.read.secrets.get(TENANT, "my_key")).toBeDefined();
    expect(await run("app", "uninstall")).toMatchObject({ status: "terminated", error: "" });
    expect(await harness.database.read.secrets.get(TENANT, "my_key")).toBeUndefined();
  });
});
