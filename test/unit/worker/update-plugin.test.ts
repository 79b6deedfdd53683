import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { PluginsUpdate } from "../../../src/api/archives.ts";
import { serverHome } from "../../../src/lib/server-home.ts";
import { insertExecution } from "../../../src/services/executions/insert.ts";
import { archiveDirectory, pluginDirectory } from "../../../src/services/files/layout.ts";
import { initiatePluginsUpdate } from "../../../src/services/plugins-updates/initiate.ts";
import type { VersionsWanted } from "../../../src/services/plugins-updates/targets.ts";
import { ADMIN } from "../services/world.ts";
import { OWNED, WorkerHarness } from "./worker-harness.ts";

const BLUEPRINT = `tosca_definitions_version: cloudify_dsl_1_4
imports: ["plugin:tool"]
inputs: {size: {default: 3}}
node_templates:
  thing: {type: tool.Thing, properties: {size: {get_input: size}}}
`;
const description = (version: string, properties = "") => `
plugins: {tool: {executor: central_deployment_agent, package_name: tool, package_version: "${version}"}}
node_types:
  tool.Thing:
    properties: {size: {}${properties}}
    interfaces: {cloudify.interfaces.lifecycle: {create: {implementation: tool.tasks.create_${version.replace(".", "_")}}}}
`;

let harness: WorkerHarness;
let work: string;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), "update-plugin-"));
  harness = await WorkerHarness.make();
  harness.startWorker();
  await addPlugin("1.0");
  await uploadBlueprint();
  await createDeployment("d1");
});
afterEach(async () => {
  await harness.remove();
  await rm(work, { recursive: true, force: true });
});

const files = () => serverHome(harness.root).files;

async function addPlugin(version: string, properties?: string): Promise<void> {
  const id = `tool-${version}`;
  const directory = pluginDirectory(files(), id);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "plugin.yaml"), description(version, properties));
  const plugin = { ...OWNED, id, package_name: "tool", package_version: version, archive_name: `${id}.wgn` };
  await harness.database.unitOfWork((tx) => tx.plugins.insert({ ...plugin, uploaded_at: tx.now() }));
}

async function run(workflowId: string, parameters: object, deployment?: { id: string; blueprint_id: string }) {
  const { id } = await harness.database.unitOfWork((tx) =>
    insertExecution(tx, ADMIN, { workflowId, status: "pending", parameters: parameters as never, deployment }),
  );
  expect(await harness.ended(id)).toEqual({ status: "terminated", error: "" });
}

async function uploadBlueprint(): Promise<void> {
  await mkdir(join(work, "app"));
  await writeFile(join(work, "app/blueprint.yaml"), BLUEPRINT);
  const directory = archiveDirectory(files(), "default_tenant", "bp");
  await mkdir(directory, { recursive: true });
  await create({ gzip: true, file: join(directory, "bp.tar.gz"), cwd: work }, ["app"]);
  await harness.database.unitOfWork((tx) =>
    tx.blueprints.insert({ ...OWNED, created_at: tx.now(), id: "bp", state: "uploading" }),
  );
  await run("upload_blueprint", { blueprint_id: "bp", app_file_name: "blueprint.yaml" });
}

async function createDeployment(id: string): Promise<void> {
  const deployment = { ...OWNED, id, display_name: id, blueprint_tenant_name: "default_tenant", blueprint_id: "bp" };
  await harness.database.unitOfWork((tx) => tx.deployments.insert({ ...deployment, created_at: tx.now() }));
  await run("create_deployment_environment", { inputs: { size: 5 } }, { id, blueprint_id: "bp" });
}

const initiate = (versions: Partial<VersionsWanted> = {}, force = false): Promise<PluginsUpdate> =>
  harness.database.unitOfWork((tx) =>
    initiatePluginsUpdate(tx, ADMIN, "bp", {
      force,
      versions: {
        pluginNames: [],
        toLatest: [],
        toMinor: [],
        allToLatest: false,
        allToMinor: false,
        mapping: {},
        ...versions,
      },
    }),
  );

const node = async () => (await harness.database.read.nodes.ofDeployment("default_tenant", "d1"))[0];
/** The function that creates the thing, which says of which version the plugin is. */
const creation = async () => {
  const operation = (await node())?.operations["cloudify.interfaces.lifecycle.create"] as { operation: string };
  return operation.operation;
};

it.each<[string, Partial<VersionsWanted>, string]>([
  ["to the latest versions, unless something else is asked for", {}, "tasks.create_2_0"],
  ["within their major version", { allToMinor: true }, "tasks.create_1_5"],
  ["to a version that is named", { mapping: { tool: { version: "1.2" } } }, "tasks.create_1_2"],
])("plugins move %s", async (_, wanted, operation) => {
  for (const version of ["1.2", "1.5", "2.0"]) await addPlugin(version);
  const update = await initiate(wanted);
  expect(update).toMatchObject({ state: "updating", deployments_to_update: ["d1"] });
  expect(await harness.ended(update.execution_id ?? "")).toEqual({ status: "terminated", error: "" });
  expect(await creation()).toBe(operation);
  expect((await node())?.properties).toEqual({ size: 5 });
  expect(await harness.database.read.pluginUpdates.get("default_tenant", update.id)).toMatchObject({
    state: "successful",
  });
});

it.each<[string, Partial<VersionsWanted>]>([
  ["nothing newer is there", {}],
  ["another plugin is meant", { pluginNames: ["other"] }],
])("nothing is done when %s", async (_, wanted) => {
  if (wanted.pluginNames) await addPlugin("2.0");
  expect(await initiate(wanted)).toMatchObject({ state: "no_changes_required", execution_id: null });
});

it("a blueprint that the new version does not fit stays as it is, with its deployments", async () => {
  await addPlugin("2.0", ", colour: {required: true}");
  const update = await initiate();
  expect(await harness.ended(update.execution_id ?? "")).toMatchObject({ status: "failed" });
  expect(await creation()).toBe("tasks.create_1_0");
  expect(await harness.database.read.pluginUpdates.get("default_tenant", update.id)).toMatchObject({ state: "failed" });
});

it("a version that nobody uploaded is refused", async () => {
  await expect(initiate({ mapping: { tool: "9.9" } })).rejects.toMatchObject({ code: "bad_parameters_error" });
});
