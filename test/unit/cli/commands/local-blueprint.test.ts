import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { anExecution, page } from "../../../helpers/resources.ts";

const there = () => fakeManager().on("GET /deployments/app", { answer: { id: "app" } });
const instance = {
  id: "web_a1b2c3",
  node_id: "web",
  deployment_id: "app",
  relationships: [],
  runtime_properties: { port: 80 },
  scaling_groups: [],
  state: "started",
  system_properties: {},
  version: 3,
  visibility: "tenant",
};
const shown = {
  id: "web_a1b2c3",
  name: "web",
  node_id: "web",
  relationships: [],
  runtime_properties: { port: 80 },
  state: "started",
  system_properties: {},
  version: 3,
};

/** The environment of a home in which nothing was chosen yet. */
const local = () => ({ CFY_WORKDIR: temporaryDirectory() });

describe("-b on the server of this machine means what init made of a blueprint", () => {
  it("when a workflow is started on it", async () => {
    const manager = there().on("POST /executions", { status: 201, answer: anExecution({ status: "pending" }) });
    const ran = await cfy("executions start install -b app --detach", { manager, env: local() });
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining("Starting install on app") });
  });

  it("when its outputs are asked for, which are then shown bare, to people too", async () => {
    const manager = there()
      .on("GET /deployments/app", { answer: { id: "app", outputs: {} } })
      .on("GET /deployments/app/outputs", { answer: { deployment_id: "app", outputs: { port: 80 } } });
    const { stdout } = await cfy("deployments outputs -b app", { manager, env: local() });
    expect(JSON.parse(stdout)).toEqual({ port: 80 });
  });

  it.each(["node-instances -b app", "node-instances -b app web", "node-instances web -b app --json"])(
    "in %s, which answers JSON",
    async (line) => {
      const manager = there().on("GET /node-instances", { answer: page([instance]) });
      expect(JSON.parse((await cfy(line, { manager, env: local() })).stdout)).toEqual([shown]);
    },
  );

  it("in a list of executions, without the one that made the deployment", async () => {
    const executions = [anExecution({ workflow_id: "create_deployment_environment" }), anExecution({ id: "E2" })];
    const manager = there().on("GET /executions", { answer: page(executions) });
    const { stdout } = await cfy("executions list -b app --json", { manager, env: local() });
    expect(JSON.parse(stdout)).toMatchObject([{ id: "E2", blueprint_id: "app", error: null }]);
  });

  it("and says what to do when there is none", async () => {
    const manager = fakeManager().on("GET /deployments/app", {
      status: 404,
      answer: { message: "not found", error_code: "not_found_error" },
    });
    expect(await cfy("uninstall -b app", { manager, env: local() })).toMatchObject({
      code: 5,
      stderr: expect.stringContaining("cfy init BLUEPRINT_PATH -b app"),
    });
  });
});

describe("-b", () => {
  it("is refused while a manager's profile is in use", async () => {
    const home = temporaryDirectory();
    mkdirSync(join(home, ".cloudify/profiles/far"), { recursive: true });
    writeFileSync(join(home, ".cloudify/profiles/far/context.json"), JSON.stringify({ name: "far" }));
    const env = { CFY_WORKDIR: home, CFY_PROFILE: "far" };
    expect(await cfy("executions start install -b app", { manager: fakeManager(), env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("profile far is in use"),
    });
  });

  it.each([
    ["executions start install", "-d/--deployment-id"],
    ["deployments outputs", "DEPLOYMENT_ID"],
    ["uninstall", "DEPLOYMENT_ID"],
  ])("or a deployment is needed by %s", async (line, missing) => {
    expect(await cfy(line, { manager: fakeManager() })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(missing),
    });
  });

  it("leaves the commands of the group node-instances as they are", async () => {
    expect((await cfy("node-instances")).stdout).toContain("update-runtime");
    expect(await cfy("node-instances lsit")).toMatchObject({ code: 2, stderr: expect.stringContaining("mean list") });
  });
});

it("settings of a single run say how the server is told", async () => {
  const manager = there().on("POST /executions", { status: 201, answer: anExecution({ status: "pending" }) });
  const { stderr } = await cfy("executions start install -b app --detach --task-retries 3", { manager, env: local() });
  expect(stderr).toContain("cfy config update task_retries=3");
});
