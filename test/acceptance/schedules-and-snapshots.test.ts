import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/api/archives.ts";
import type { ExecutionSchedule } from "../../src/api/groups.ts";
import type { Deployment, Execution } from "../../src/api/resources.ts";
import { FreshHome } from "./fresh-home.ts";

const BLUEPRINT = `tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
inputs: {owner: {default: Alice}}
node_templates:
  vm: {type: cloudify.nodes.Root}
labels:
  owner: {values: [{get_input: owner}]}
deployment_settings:
  display_name: {concat: ["Shop of ", {get_label: [owner, 0]}]}
  default_groups: [shops]
  default_schedules:
    nightly: {workflow: install, since: "+1 day", recurrence: "1 day", stop_after_fail: true}
`;

/** In which a schedule is made and the server stopped, however slow the machine is. */
const LEAD_SECONDS = 10;

let home: FreshHome;
beforeAll(async () => {
  home = new FreshHome();
  mkdirSync(join(home.path, "shop"));
  writeFileSync(join(home.path, "shop/blueprint.yaml"), BLUEPRINT);
  await succeeds(["blueprints", "upload", join(home.path, "shop/blueprint.yaml"), "-b", "shop"]);
  await succeeds("deployments create d1 -b shop -i owner=Bob");
});
afterAll(() => home.remove());

async function succeeds(args: string | string[]) {
  const ran = await home.cfy(args);
  expect(ran, `${ran.stdout}${ran.stderr}`).toMatchObject({ code: 0 });
  return ran;
}
const deployments = () => home.json<Deployment[]>("deployments list");
const schedules = () => home.json<ExecutionSchedule[]>("deployments schedule list d1");
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id).toSorted();

describe("what a blueprint says of its deployments", () => {
  it("is there when the deployment has been created", async () => {
    expect(await deployments()).toMatchObject([{ id: "d1", display_name: "Shop of Bob" }]);
    expect(await schedules()).toMatchObject([{ id: "nightly", workflow_id: "install", stop_on_fail: true }]);
    const groups = await home.json<{ id: string }[]>("deployments groups list");
    expect(idsOf(groups)).toEqual(["shops"]);
  });
});

describe("a schedule", () => {
  it("is made, shown, changed, disabled, enabled, counted and deleted", async () => {
    const times = ["-s", "2099-01-01 10:00", "--tz", "Europe/London"];
    await succeeds([
      "deployments",
      "schedule",
      "create",
      "d1",
      "install",
      "-n",
      "weekly",
      ...times,
      "-r",
      "1 week",
      "-c",
      "3",
    ]);
    const { stdout } = await succeeds("deployments schedule get d1 weekly --preview 2");
    expect(stdout).toMatch(/2099-01-01 10:00:00[\s\S]*2099-01-08 10:00:00/);
    await succeeds(["deployments", "schedule", "update", "d1", "weekly", "-r", "2 days"]);
    const changed = await home.json<ExecutionSchedule>("deployments schedule get d1 weekly");
    expect(changed).toMatchObject({ rule: { recurrence: "2 days", count: 3 } });
    await succeeds("deployments schedule disable d1 weekly");
    expect((await home.cfy("deployments schedule get d1 weekly --preview 1")).code).not.toBe(0);
    await succeeds("deployments schedule enable d1 weekly");
    expect((await succeeds("deployments schedule summary workflow_id")).stdout).toMatch(/install\s*\|\s*2/);
    await succeeds("deployments schedule delete d1 weekly");
    expect((await home.cfy("deployments schedule get d1 weekly")).code).toBe(5);
  });

  it("starts an execution at its time, although the server was stopped meanwhile", async () => {
    const time = new Date(Math.ceil(Date.now() / 1000 + LEAD_SECONDS) * 1000).toISOString();
    const { stdout } = await succeeds(["executions", "start", "install", "-d", "d1", "--schedule", time]);
    expect(stdout).toBe(`It will start at ${time}\n`);
    await succeeds("server stop");
    const started = await until(async () => {
      const executions = await home.json<Execution[]>("executions list -d d1");
      return executions.find(({ workflow_id }) => workflow_id === "install");
    });
    expect(started).toMatchObject({ scheduled_for: time });
    await succeeds(`executions wait ${started.id} --timeout 30`);
    expect(await schedules()).toHaveLength(2);
  });

  it.each([
    ["that has passed", "2001-01-01 10:00", "has already passed"],
    ["that is none", "yesterdayish", "is not a time"],
  ])("is refused a time %s", async (_, time, reason) => {
    const ran = await home.cfy(["executions", "start", "install", "-d", "d1", "--schedule", time]);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining(reason) });
  });
});

describe("a snapshot", () => {
  const archive = () => join(home.path, "s1.zip");

  it("is made, downloaded, and brings back on upload what was deleted", async () => {
    await succeeds("snapshots create s1 --wait");
    await succeeds(["snapshots", "download", "s1", "-o", archive()]);
    await succeeds("deployments delete d1 --force");
    await until(async () => (await deployments()).length === 0 || undefined);
    await succeeds("snapshots delete s1");
    await succeeds(["snapshots", "upload", archive(), "-s", "s2"]);
    expect(await home.cfy("snapshots restore s2")).toMatchObject({ stderr: expect.stringContaining("1 blueprint") });
    await succeeds("snapshots restore s2 --force");
    await until(async () => (await home.cfy("snapshots status")).stdout.includes("No snapshot") || undefined);
    expect(await deployments()).toMatchObject([{ id: "d1", display_name: "Shop of Bob" }]);
    expect(idsOf(await schedules())).toContain("nightly");
    expect(await home.json<Snapshot[]>("snapshots list")).toMatchObject([{ id: "s2", status: "uploaded" }]);
    await succeeds("executions start uninstall -d d1");
  });
});

it("the logs are gathered, downloaded and thrown away", async () => {
  const archive = join(home.path, "logs.zip");
  await succeeds("log-bundles create logs --wait");
  await succeeds(["log-bundles", "download", "logs", "-o", archive]);
  expect(existsSync(archive)).toBe(true);
  await succeeds("log-bundles delete logs");
  expect(await home.json("log-bundles list")).toEqual([]);
});

it("a blueprint whose plugins are the newest needs no update, and gets an icon", async () => {
  expect((await succeeds("plugins update shop")).stdout).toContain("need no update");
  expect(await home.json<object[]>("plugins history")).toMatchObject([{ state: "no_changes_required" }]);
  const icon = join(home.path, "icon.png");
  writeFileSync(icon, Buffer.from("\x89PNG\r\n\x1a\n", "latin1"));
  await succeeds(["blueprints", "set-icon", "shop", "-i", icon]);
});

it("what the server does not have is said, with what there is instead", async () => {
  const ran = await home.cfy("license list");
  expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining("does not have licenses: it needs none") });
});

/** Asks until there is an answer. */
async function until<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
}
