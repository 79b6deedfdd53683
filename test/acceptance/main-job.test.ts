import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Execution, NodeInstance } from "../../src/api/resources.ts";
import { FreshHome } from "./fresh-home.ts";

let home: FreshHome;
beforeAll(() => {
  home = new FreshHome();
});
afterAll(() => home.remove());

const APP = "examples/my_app/blueprint.yaml";
const ours = (name: string) => `test/acceptance/blueprints/${name}/blueprint.yaml`;
const states = async (deployment: string) =>
  (await home.json<NodeInstance[]>(`node-instances list -d ${deployment}`)).map(({ state }) => state);

describe("on a machine where nothing is set up", () => {
  it("two commands at once share the one server that they start", async () => {
    const both = await Promise.all([home.cfy("blueprints list"), home.cfy("status --json")]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    // It writes that line when it answers already.
    await home.holds("server.log", /answers on/);
    expect(readFileSync(home.server("server.log"), "utf8").match(/answers on/g)).toHaveLength(1);
  });

  it("a blueprint is uploaded, and its deployment created", async () => {
    const upload = await home.cfy(`blueprints upload ${APP} -b my_blueprint`);
    expect(upload).toMatchObject({ code: 0, stderr: expect.stringContaining("my_blueprint") });
    expect(upload.stdout).toContain("'upload_blueprint' workflow execution succeeded");
    const created = await home.cfy("deployments create my_deployment -b my_blueprint");
    expect(created).toMatchObject({ code: 0, stdout: "The deployment my_deployment is created\n" });
    expect(await home.json("deployments inputs my_deployment")).toEqual({ port: 8080 });
  });

  it("it is installed", async () => {
    const { code, stdout } = await home.cfy("executions start install -d my_deployment");
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("install on my_deployment has completed"),
    });
    expect(stdout).toMatch(/\[guest_book_\w+\.create\] Task succeeded/);
    expect(await states("my_deployment")).toEqual(["started", "started", "started"]);
  });

  it("the application's own workflow runs with the defaults, or with what it is told", async () => {
    const plain = await home.cfy("executions start my_workflow -d my_deployment");
    expect(plain.code).toBe(0);
    expect(plain.stdout).toMatch(/Task succeeded 'script_runner.tasks.run' - Hello from server_\w+/);
    expect(plain.stdout.trimEnd().split("\n").at(-1)).toBe("my_workflow on my_deployment has completed");
    const told = await home.cfy("executions start my_workflow -d my_deployment -p greeting=Servus");
    expect(told.stdout.match(/Servus from server_\w+/g)).toHaveLength(2);
  });

  it("everything that ran is listed, with how it ended", async () => {
    const executions = await home.json<Execution[]>("executions list -d my_deployment");
    expect(executions.map(({ workflow_id, status }) => [workflow_id, status])).toEqual([
      ["create_deployment_environment", "completed"],
      ["install", "completed"],
      ["my_workflow", "completed"],
      ["my_workflow", "completed"],
    ]);
  });

  it("what the operations saved can be asked for", async () => {
    const { guest_book } = await home.json<Record<string, { value: string }>>("deployments outputs my_deployment");
    expect(readFileSync(guest_book?.value ?? "", "utf8").match(/server_/g)?.length).toBeGreaterThan(0);
  });

  it("it is uninstalled, and nothing of it is left", async () => {
    const { code, stdout } = await home.cfy("uninstall my_deployment");
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("is deleted") });
    expect(await home.json("deployments list")).toEqual([]);
    expect(await home.json("blueprints list")).toEqual([]);
    expect(existsSync(home.server("files/deployments/default_tenant/my_deployment"))).toBe(false);
  });
});

describe("a blueprint without operations", () => {
  it("installs, scales its instances by its inputs' defaults, answers what it declares, and goes", async () => {
    expect((await home.cfy(`install ${ours("simple")} -b simple -d simple`)).code).toBe(0);
    expect(await states("simple")).toEqual(["started", "started", "started", "started"]);
    expect(await home.json("deployments outputs simple")).toMatchObject({ greeting: { value: "hello world" } });
    expect(await home.json("deployments capabilities simple")).toMatchObject({
      greeting: { value: "hello world" },
      literal: { value: 42 },
    });
    expect((await home.cfy("executions start restart -d simple")).code).toBe(0);
    expect((await home.cfy("uninstall simple")).code).toBe(0);
  });
});

describe("a blueprint with scripts", () => {
  it("installs, runs its workflows and goes", async () => {
    const installed = await home.cfy(["install", ours("ops"), "-b", "ops", "-d", "ops", "-i", '{"seconds": 0}']);
    expect(installed).toMatchObject({ code: 0, stdout: expect.stringContaining("install on ops has completed") });
    expect(await home.json("deployments outputs ops")).toMatchObject({ marker: { value: "made" } });
    const missing = await home.cfy("executions start custom -d ops");
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("needed") });
    const operation = "operation=cloudify.interfaces.lifecycle.start";
    const custom = await home.cfy(
      `executions start custom -d ops -p needed=3 -p ${operation} --allow-custom-parameters`,
    );
    expect(custom).toMatchObject({ code: 0, stdout: expect.stringContaining("starting for 0") });
    expect((await home.cfy("uninstall ops")).code).toBe(0);
  });

  it("fails where its script fails, and says which and why", async () => {
    const failing = await home.cfy(["install", ours("ops"), "-b", "fails", "-d", "fails", "-i", '{"fail": true}']);
    expect(failing.code).toBe(1);
    expect(failing.stdout).toMatch(/\[op_\w+\.create\] Task failed/);
    expect(failing.stdout).toContain("install on fails has failed");
    expect(failing.stderr).toMatch(/cfy events list [\w-]{36}\n {2}cfy executions resume [\w-]{36}/);
    expect((await home.cfy("uninstall fails -p ignore_failure=true")).code).toBe(0);
  });
});

describe("output in a pipe", () => {
  it("ends quietly when its reader has seen enough", () => {
    const line = `set -o pipefail; ${process.execPath} bin/cfy.js workflows list -d nowhere --json 2>/dev/null; ${process.execPath} bin/cfy.js executions list | head -1`;
    const { stdout, stderr, status } = spawnSync("bash", ["-c", line], { env: home.environment(), encoding: "utf8" });
    expect({ stdout: stdout.split("\n").length, errors: stderr.includes("EPIPE"), status }).toEqual({
      stdout: 2,
      errors: false,
      status: 0,
    });
  });
});
