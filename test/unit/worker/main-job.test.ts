import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { create } from "tar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serverHome } from "../../../src/lib/server-home.ts";
import { insertExecution } from "../../../src/services/executions/insert.ts";
import { archiveDirectory, deploymentDirectory } from "../../../src/services/files/layout.ts";
import { ADMIN } from "../services/world.ts";
import { OWNED, WorkerHarness } from "./worker-harness.ts";

let harness: WorkerHarness;
beforeEach(async () => {
  harness = await WorkerHarness.make();
});
afterEach(() => harness.remove());

async function upload(archive: (directory: string) => Promise<void>): Promise<string> {
  const directory = archiveDirectory(serverHome(harness.root).files, "default_tenant", "my_blueprint");
  await mkdir(directory, { recursive: true });
  await archive(directory);
  return harness.database.unitOfWork(async (tx) => {
    await tx.blueprints.insert({ ...OWNED, created_at: tx.now(), id: "my_blueprint", state: "uploading" });
    const parameters = { blueprint_id: "my_blueprint", app_file_name: "blueprint.yaml" };
    return (await insertExecution(tx, ADMIN, { workflowId: "upload_blueprint", status: "pending", parameters })).id;
  });
}

const startOn = (workflowId: string, parameters = {}) =>
  harness.database.unitOfWork(async (tx) => {
    const deployment = { id: "my_deployment", blueprint_id: "my_blueprint" };
    return (await insertExecution(tx, ADMIN, { workflowId, deployment, status: "pending", parameters })).id;
  });

describe("the example application", () => {
  it("is uploaded, deployed, installed, greets, and is taken down again", async () => {
    harness.startWorker();
    const uploaded = await upload((directory) =>
      create({ gzip: true, file: join(directory, "my_blueprint.tar.gz"), cwd: "examples" }, ["my_app"]),
    );
    expect(await harness.ended(uploaded)).toEqual({ status: "terminated", error: "" });
    expect((await harness.messages(uploaded)).slice(1)).toEqual([
      "Blueprint archive uploaded. Extracting...",
      "Blueprint archive extracted. Parsing...",
      "Blueprint parsed. Updating DB with blueprint plan.",
      "'upload_blueprint' workflow execution succeeded",
    ]);

    await harness.database.unitOfWork((tx) =>
      tx.deployments.insert({
        ...OWNED,
        created_at: tx.now(),
        id: "my_deployment",
        display_name: "my_deployment",
        blueprint_tenant_name: "default_tenant",
        blueprint_id: "my_blueprint",
      }),
    );
    const created = await startOn("create_deployment_environment", { inputs: { port: 9000 } });
    expect(await harness.ended(created)).toEqual({ status: "terminated", error: "" });

    const installed = await startOn("install");
    expect(await harness.ended(installed)).toEqual({ status: "terminated", error: "" });

    const greeted = await startOn("my_workflow", { greeting: "Good day" });
    expect(await harness.ended(greeted)).toEqual({ status: "terminated", error: "" });
    const directory = deploymentDirectory(serverHome(harness.root).files, "default_tenant", "my_deployment");
    const guests = (await readFile(join(directory, "guests.txt"), "utf8")).trim().split("\n");
    expect(guests).toEqual([
      "guests of my_deployment",
      expect.stringMatching(/^Good day from server_/),
      expect.stringMatching(/^Good day from server_/),
    ]);
    expect(await harness.messages(greeted)).toContain("Everybody was greeted");

    const uninstalled = await startOn("uninstall");
    expect(await harness.ended(uninstalled)).toEqual({ status: "terminated", error: "" });
    const deleted = await startOn("delete_deployment_environment");
    await harness.gone("my_deployment", deleted);
  });

  it("is refused with file, line and column when the blueprint is wrong", async () => {
    harness.startWorker();
    await harness.file(
      "my_app/blueprint.yaml",
      "tosca_definitions_version: cloudify_dsl_1_5\nimports: [cloudify/types/types.yaml]\nnode_templates:\n  x: {type: no.such.Type}\n",
    );
    const cwd = join(serverHome(harness.root).files, "blueprints/default_tenant/bp");
    const uploaded = await upload((directory) =>
      create({ file: join(directory, "my_blueprint.tar"), cwd }, ["my_app"]),
    );
    expect(await harness.ended(uploaded)).toEqual({
      status: "failed",
      error: expect.stringMatching(/no\.such\.Type.*\n {2}in: blueprint.yaml\n {2}in line: 4, column: /s),
    });
    expect(await harness.database.read.blueprints.get("default_tenant", "my_blueprint")).toMatchObject({
      state: "invalid",
    });
  });
});
