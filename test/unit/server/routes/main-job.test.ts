import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../../src/lib/clock.ts";
import { buildServer } from "../../../../src/server/app.ts";
import { apiRoutes, rootRoutes } from "../../../../src/server/routes/index.ts";
import { setBlueprintState } from "../../../../src/services/blueprints/set-state.ts";
import { ensureDefaults } from "../../../../src/services/bootstrap/ensure-defaults.ts";
import { updateExecutionStatus } from "../../../../src/services/executions/update-status.ts";
import { hashPassword } from "../../../../src/services/identity/passwords.ts";
import { openVault } from "../../../../src/services/secrets/vault.ts";
import { LocalChanges, openDatabase } from "../../../../src/storage/index.ts";

async function aServer({ local = true } = {}) {
  const files = await mkdtemp(join(tmpdir(), "routes-"));
  const database = openDatabase(join(files, "cfy.db"), new LocalChanges());
  await ensureDefaults(database);
  const app = buildServer(
    {
      database,
      files,
      vault: openVault(join(files, "secrets.key")),
      clock: systemClock,
      log: { info: () => undefined, error: (message, cause) => console.error(message, cause) },
      isLocal: () => local,
      closing: new AbortController().signal,
    },
    { api: apiRoutes, root: rootRoutes },
  );
  onTestFinished(async () => {
    await app.close();
    await database.close();
    await rm(files, { recursive: true, force: true });
  });
  const ask = async (
    method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE",
    path: string,
    body?: object,
    headers = {},
  ) => {
    const answer = await app.inject({
      method,
      url: `/api/v3.1/${path}`,
      headers: { "content-type": "application/json", ...headers },
      ...(body ? { payload: JSON.stringify(body) } : {}),
    });
    return { status: answer.statusCode, body: answer.body ? answer.json() : undefined, headers: answer.headers };
  };
  return { app, database, files, ask };
}

async function anArchive(files: string): Promise<Buffer> {
  await mkdir(join(files, "bp"));
  await writeFile(join(files, "bp/blueprint.yaml"), "tosca_definitions_version: cloudify_dsl_1_5\n");
  execFileSync("tar", ["-C", files, "-czf", join(files, "bp.tar.gz"), "bp"]);
  return readFile(join(files, "bp.tar.gz"));
}

const WORKFLOWS = { install: { plugin: "p", operation: "o", parameters: {}, is_cascading: false } };

/** A server with an uploaded blueprint `bp`. */
async function aServerWithBlueprint() {
  const server = await aServer();
  const { app, files, database } = server;
  const uploaded = await app.inject({
    method: "PUT",
    url: "/api/v3.1/blueprints/bp?async_upload=true&application_file_name=blueprint.yaml",
    headers: { "content-type": "application/octet-stream" },
    payload: await anArchive(files),
  });
  const plan = { inputs: { size: { type: "integer" } }, data_types: {}, nodes: [], workflows: WORKFLOWS };
  await database.unitOfWork((tx) => setBlueprintState(tx, "default_tenant", "bp", { state: "uploaded", plan }));
  return { ...server, uploaded };
}

async function aServerWithDeployment() {
  const server = await aServerWithBlueprint();
  const created = await server.ask("PUT", "deployments/d1?async_create=True", {
    blueprint_id: "bp",
    inputs: { size: 3 },
  });
  await server.database.unitOfWork(async (tx) => {
    await tx.deployments.update("default_tenant", "d1", { workflows: WORKFLOWS });
    await updateExecutionStatus(tx, created.body.create_execution, { status: "started" });
    await updateExecutionStatus(tx, created.body.create_execution, { status: "terminated" });
  });
  return { ...server, created };
}

describe("uploading a blueprint", () => {
  it("stores the archive and starts the execution that parses it", async () => {
    const { uploaded, app, ask } = await aServerWithBlueprint();
    expect(uploaded.statusCode).toBe(201);
    expect(uploaded.json()).toMatchObject({
      id: "bp",
      state: "uploading",
      upload_execution: {
        workflow_id: "upload_blueprint",
        status: "pending",
        parameters: { app_file_name: "blueprint.yaml" },
      },
    });
    const archive = await app.inject({ url: "/api/v3.1/blueprints/bp/archive" });
    expect(archive.headers).toMatchObject({
      "content-disposition": 'attachment; filename="bp.tar.gz"',
      "content-length": String(archive.rawPayload.length),
    });
    expect((await ask("GET", "blueprints?_include=id,state")).body).toEqual({
      metadata: { pagination: { total: 1, size: 1000, offset: 0 }, filtered: null },
      items: [{ id: "bp", state: "uploaded" }],
    });
  });

  it("takes another archive as long as it goes on, and none afterwards", async () => {
    const { app, database } = await aServerWithBlueprint();
    const archive = { url: "/api/v3.1/blueprints/bp/archive" } as const;
    const stored = (await app.inject(archive)).rawPayload;
    const put = () => app.inject({ ...archive, method: "PUT", payload: stored });
    expect((await put()).json()).toMatchObject({ error_code: "conflict_error" });
    expect((await app.inject(archive)).rawPayload).toEqual(stored);
    await database.unitOfWork((tx) => tx.blueprints.update("default_tenant", "bp", { state: "uploading" }));
    expect((await put()).json()).toMatchObject({ id: "bp", state: "uploading" });
    expect((await app.inject(archive)).rawPayload).toEqual(stored);
  });

  it.each([
    ["what is no archive", "bp", "plain text", 400, "no archive"],
    ["nothing", "bp", "", 400, "no blueprint archive"],
  ])("refuses %s and keeps nothing", async (_, id, payload, status, message) => {
    const { app, ask } = await aServer();
    const answer = await app.inject({
      method: "PUT",
      url: `/api/v3.1/blueprints/${id}`,
      headers: { "content-type": "application/octet-stream" },
      payload,
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.json().message).toContain(message);
    expect((await ask("GET", "blueprints")).body.items).toEqual([]);
  });
});

describe("creating a deployment", () => {
  it("answers with the deployment and its creation", async () => {
    const { created } = await aServerWithDeployment();
    expect(created).toMatchObject({
      status: 201,
      body: {
        id: "d1",
        display_name: "d1",
        blueprint_id: "bp",
        latest_execution_status: "in_progress",
        create_execution: expect.any(String),
      },
    });
  });

  it.each([
    ["of no blueprint", { blueprint_id: "nosuch" }, 404, "not_found_error"],
    ["that names none", {}, 400, "bad_parameters_error"],
    ["without an input", { blueprint_id: "bp" }, 400, "missing_required_deployment_input_error"],
    ["with an unknown input", { blueprint_id: "bp", inputs: { size: 1, x: 1 } }, 400, "unknown_deployment_input_error"],
  ])("%s is refused", async (_, body, status, code) => {
    const { ask } = await aServerWithBlueprint();
    expect(await ask("PUT", "deployments/d2", body)).toMatchObject({ status, body: { error_code: code } });
    expect((await ask("GET", "deployments")).body.items).toEqual([]);
  });

  it("keeps its blueprint from being deleted", async () => {
    const { ask } = await aServerWithDeployment();
    expect(await ask("DELETE", "blueprints/bp?force=True")).toMatchObject({
      status: 400,
      body: { error_code: "dependent_exists_error" },
    });
  });
});

describe("executions", () => {
  const START = {
    deployment_id: "d1",
    workflow_id: "install",
    parameters: {},
    force: "false",
    queue: "false",
    id: null,
  };

  it("start, show, and are listed", async () => {
    const { ask } = await aServerWithDeployment();
    const started = await ask("POST", "executions", START);
    expect(started).toMatchObject({
      status: 201,
      body: { status: "pending", deployment_display_name: "d1", total_operations: 0 },
    });
    expect((await ask("GET", `executions/${started.body.id}`)).body).toEqual(started.body);
    expect((await ask("GET", "executions?workflow_id=install&_include=id")).body.items).toEqual([
      { id: started.body.id },
    ]);
    expect(await ask("POST", "executions", START)).toMatchObject({
      status: 400,
      body: { error_code: "existing_running_execution_error" },
    });
    expect(await ask("POST", `executions/${started.body.id}`, { action: "cancel" })).toMatchObject({
      status: 200,
      body: { status: "cancelling" },
    });
  });

  it.each([
    [{}, 400, "Missing deployment_id in json request body"],
    [{ ...START, parameters: "x" }, 400, "request body's 'parameters' field must be a dict but is of type str"],
    [{ ...START, force: "maybe" }, 400, "force must be <true/false>, got maybe"],
    [{ ...START, dry_run: null }, 400, "dry_run must be <true/false>, got None"],
    [{ ...START, deployment_id: "nosuch" }, 404, "Requested `Deployment` with ID `nosuch` was not found"],
    [{ ...START, workflow_id: "nosuch" }, 400, "Workflow nosuch does not exist in the deployment d1"],
  ])("%j is refused", async (body, status, message) => {
    const { ask } = await aServerWithDeployment();
    expect(await ask("POST", "executions", body)).toMatchObject({ status, body: { message } });
  });
});

describe("what is asked of a deployment and its executions", () => {
  it("are outputs and capabilities, evaluated", async () => {
    const { ask, database } = await aServerWithDeployment();
    await database.unitOfWork((tx) =>
      tx.deployments.update("default_tenant", "d1", {
        outputs: { size: { value: { get_input: "size" } } },
        capabilities: { both: { value: { concat: ["a", "b"] } } },
        inputs: { size: 3 },
      }),
    );
    expect((await ask("GET", "deployments/d1/outputs")).body).toEqual({ deployment_id: "d1", outputs: { size: 3 } });
    expect((await ask("GET", "deployments/d1/capabilities")).body).toEqual({
      deployment_id: "d1",
      capabilities: { both: "ab" },
    });
  });

  it("are counts by one field and a second", async () => {
    const { ask } = await aServerWithDeployment();
    expect(
      (await ask("GET", "summary/executions?_target_field=status_display&_sub_field=workflow_id")).body.items,
    ).toEqual([
      {
        status_display: "pending",
        executions: 1,
        "by workflow_id": [{ workflow_id: "upload_blueprint", executions: 1 }],
      },
      {
        status_display: "completed",
        executions: 1,
        "by workflow_id": [{ workflow_id: "create_deployment_environment", executions: 1 }],
      },
    ]);
    expect(await ask("GET", "summary/executions?_target_field=error")).toMatchObject({ status: 400 });
  });

  it("are counts of what has a value, or is in a group", async () => {
    const { ask } = await aServerWithDeployment();
    await ask("PUT", "deployment-groups/g1", { deployment_ids: [] });
    const counted = async (which: string) =>
      (await ask("GET", `summary/deployments?_target_field=blueprint_id&${which}`)).body.items;
    expect(await counted("visibility=tenant")).toMatchObject([{ deployments: 1 }]);
    expect(await counted("visibility=private")).toEqual([]);
    expect(await counted("deployment_group_id=g1")).toEqual([]);
    await ask("PATCH", "deployment-groups/g1", { add: { deployment_ids: ["d1"] } });
    expect(await counted("deployment_group_id=g1")).toMatchObject([{ deployments: 1 }]);
    expect(await ask("GET", "summary/deployments?_target_field=blueprint_id&nosuch=1")).toMatchObject({ status: 400 });
  });

  it("is the deletion of what has ended, but not of what created a deployment", async () => {
    const { ask, database } = await aServerWithDeployment();
    const { body } = await ask("POST", "executions", { deployment_id: "d1", workflow_id: "install" });
    await database.unitOfWork((tx) => updateExecutionStatus(tx, body.id, { status: "failed" }));
    expect((await ask("DELETE", "executions", {})).body.items).toEqual([{ count: 1 }]);
    expect((await ask("GET", "executions?deployment_id=d1&_include=workflow_id")).body.items).toEqual([
      { workflow_id: "create_deployment_environment" },
    ]);
  });

  it("is the deletion of those that the query chooses, and of no others", async () => {
    const { ask, database } = await aServerWithDeployment();
    const { body } = await ask("POST", "executions", { deployment_id: "d1", workflow_id: "install" });
    await database.unitOfWork((tx) => updateExecutionStatus(tx, body.id, { status: "failed" }));
    const remaining = async (query: string) => (await ask("DELETE", `executions?${query}`, {})).body.items;
    expect(await remaining("deployment_id=nosuch")).toEqual([{ count: 0 }]);
    expect(await remaining("deployment_id=d1&workflow_id=heal")).toEqual([{ count: 0 }]);
    expect(await ask("DELETE", "executions?status=failed", {})).toMatchObject({ status: 400 });
    expect(await ask("DELETE", "executions?nosuch=1", {})).toMatchObject({ status: 400 });
    expect(await remaining("deployment_id=d1&workflow_id=install")).toEqual([{ count: 1 }]);
  });

  it.each(["tasks_graphs", "operations"])("are %s of executions that exist", async (path) => {
    const { ask } = await aServer();
    expect(await ask("GET", `${path}?execution_id=nosuch`)).toMatchObject({
      status: 404,
      body: { message: "Requested `Execution` with ID `nosuch` was not found" },
    });
  });
});

describe("who asks over the network", () => {
  const basic = (name: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`,
  });
  const aServerWithPassword = async () => {
    const server = await aServer({ local: false });
    const password_hash = await hashPassword("secret");
    await server.database.unitOfWork((tx) => tx.users.update("admin", { password_hash }));
    return server;
  };

  it.each([
    ["nobody", {}, 401, "User unauthorized: No authentication info provided"],
    [
      "with a wrong password",
      { ...basic("admin", "x"), tenant: "default_tenant" },
      401,
      "User unauthorized: Authentication failed for <User username=`admin`>. Wrong credentials or locked account",
    ],
    [
      "with a bad token",
      { "authentication-token": "ctok-bad-bad", tenant: "default_tenant" },
      401,
      "User unauthorized: Unauthorized",
    ],
    [
      "with a bad execution token",
      { "execution-token": "x" },
      401,
      "User unauthorized: Authentication failed, invalid Execution Token",
    ],
    ["in no tenant", basic("admin", "secret"), 403, "Authorization failed: tenant not provided"],
    [
      "in an unknown tenant",
      { ...basic("admin", "secret"), tenant: "nosuch" },
      403,
      "Authorization failed: Tried to authenticate with invalid tenant name: nosuch",
    ],
  ])("%s is turned away", async (_, headers, status, message) => {
    const { ask } = await aServerWithPassword();
    expect(await ask("GET", "deployments", undefined, headers)).toMatchObject({ status, body: { message } });
  });

  it("with the right password is let in and told as whom", async () => {
    const { ask } = await aServerWithPassword();
    expect(
      await ask("GET", "deployments", undefined, { ...basic("admin", "secret"), tenant: "default_tenant" }),
    ).toMatchObject({
      status: 200,
      headers: { "x-cloudify-audit-username": "admin", "x-cloudify-audit-auth-method": "http_basic" },
    });
  });
});
