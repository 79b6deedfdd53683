import { describe, expect, it } from "vitest";
import type { Command } from "../../../../src/cli/command.ts";
import { root } from "../../../../src/cli/commands/index.ts";
import { entryNamed, loaded } from "../../../../src/cli/route.ts";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { fastClock } from "../../../helpers/fast-clock.ts";
import { anExecution, page } from "../../../helpers/resources.ts";

const STARTING = [
  "agents install",
  "agents validate",
  "apply",
  "blueprints upload",
  "deployments create",
  "deployments delete",
  "deployments groups delete",
  "deployments groups update-deployments",
  "deployments update",
  "executions cancel",
  "executions groups cancel",
  "executions groups resume",
  "executions groups start",
  "executions resume",
  "executions start",
  "install",
  "log-bundles create",
  "plugins install",
  "plugins update",
  "snapshots create",
  "snapshots restore",
  "uninstall",
];

async function commandAt(path: string): Promise<Command> {
  let entry = await loaded(root);
  for (const name of path.split(" ")) {
    if (entry.kind === "group") entry = await loaded(entryNamed(name, entry.commands));
  }
  if (entry.kind !== "command") throw new Error(`${path} is a group`);
  return entry;
}

describe("a command that starts work", () => {
  it.each(STARTING)("can wait for it, or not, or for so long: %s", async (path) => {
    const flags = Object.values((await commandAt(path)).options).flatMap(({ flags, off = [] }) => [...flags, ...off]);
    expect(flags).toEqual(expect.arrayContaining(["--wait", "--detach", "--timeout"]));
  });

  const done = anExecution({ status: "terminated", started_at: null });
  const group = { id: "G1", workflow_id: "install", deployment_group_id: "dg", concurrency: 5, status: "terminated" };
  const ending = () =>
    fakeManager()
      .on("GET /executions/E1", { answer: done, times: "any" })
      .on("GET /execution-groups/G1", { answer: group, times: "any" })
      .on("GET /events", { answer: page([]), times: "any" });

  it.each([
    ["executions groups cancel G1 --wait", ["POST /execution-groups/G1", group]],
    ["executions groups resume G1 --wait", ["POST /execution-groups/G1", group]],
    [
      "deployments groups delete dg --delete-deployments --wait",
      ["DELETE /deployment-groups/dg", { execution_group_id: "G1" }],
    ],
    ["deployments groups update-deployments dg -i a=1 --wait", ["POST /execution-groups", group]],
    ["log-bundles create logs --wait", ["PUT /log-bundles/logs", done]],
    ["snapshots create before -w --timeout 1h", ["PUT /snapshots/before", done]],
  ] as const)("follows it with --wait: %s", async (line, [route, answer]) => {
    const manager = ending().on(route, { answer });
    const ran = await cfy(line, { manager, clock: fastClock() });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/has completed|is terminated/) });
    expect(manager.requests.some(({ path }) => path.endsWith("/events"))).toBe(true);
  });

  it("deployments create --detach does not wait for the environment", async () => {
    const answer = { id: "d1", blueprint_id: "app" };
    const manager = fakeManager().on("PUT /deployments/d1", { query: { async_create: "True" }, answer });
    const ran = await cfy("deployments create d1 -b app --detach", { manager });
    expect(ran).toMatchObject({ code: 0, stdout: "The deployment d1 is being created\n" });
  });

  it("deployments create --timeout exits 124 when the environment is late", async () => {
    const creation = anExecution({ workflow_id: "create_deployment_environment" });
    const manager = fakeManager()
      .on("PUT /deployments/d1", { query: { async_create: "True" }, answer: { id: "d1", blueprint_id: "app" } })
      .list("/executions", [creation], { query: { deployment_id: "d1" } })
      .on("GET /executions/E1", { answer: creation, times: "any" })
      .on("GET /events", { answer: page([]), times: "any" });
    const ran = await cfy("deployments create d1 -b app --timeout 10s", { manager, clock: fastClock() });
    expect(ran).toMatchObject({ code: 124, stderr: expect.stringContaining("cfy executions watch E1") });
  });

  it("deployments update --detach names the execution that goes on", async () => {
    const manager = ending().on("POST /deployment-updates/d1/update/initiate", {
      answer: { id: "U1", execution_id: "E1" },
    });
    const ran = await cfy("deployments update d1 -b app-2 --detach", { manager });
    expect(ran).toMatchObject({ code: 0, stdout: "install on d1 is terminated (E1)\n" });
  });

  it("uninstall --detach leaves deployment and blueprint alone", async () => {
    const answer = anExecution({ workflow_id: "uninstall", status: "pending" });
    const manager = fakeManager().on("POST /executions", { status: 201, answer });
    const ran = await cfy("uninstall d1 --detach", { manager });
    expect(ran).toMatchObject({ code: 0, stdout: "uninstall on d1 is pending (E1)\n" });
  });

  it("snapshots restore --wait asks until nothing is being restored, and gets over a server that is away", async () => {
    const manager = fakeManager()
      .on("POST /snapshots/before/restore", { answer: anExecution({ workflow_id: "restore_snapshot" }) })
      .on("GET /snapshot-status", { answer: { status: "running" } })
      .on("GET /snapshot-status", { status: 502, answer: "gateway", times: 3 })
      .on("GET /snapshot-status", { answer: { status: "not-running" } });
    const ran = await cfy("snapshots restore before --wait", { manager, clock: fastClock() });
    expect(ran).toMatchObject({ code: 0, stdout: "The restore of before has ended\n" });
  });
});
