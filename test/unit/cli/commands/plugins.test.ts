import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { fastClock } from "../../../helpers/fast-clock.ts";
import { anExecution, page } from "../../../helpers/resources.ts";

const INPUTS = resolve("test/compat/recordings-input");
const WAGON = join(INPUTS, "ref_plugin-1.0.0-py311-none-any.wgn");
const YAML = join(INPUTS, "plugin/plugin.yaml");

describe("plugins upload", () => {
  const uploaded = { id: "P1", package_name: "ref-plugin", package_version: "1.0.0" };

  it("sends wagon and YAML as one zip", async () => {
    const manager = fakeManager()
      .on("GET /api/version", { answer: { edition: "community" } })
      .on("POST /plugins", { query: { visibility: "tenant", title: "Ref" }, answer: uploaded });
    const ran = await cfy(`plugins upload ${WAGON} -y ${YAML} --title Ref`, { manager });
    expect(ran).toMatchObject({ code: 0, stdout: "The plugin ref-plugin 1.0.0 is uploaded (P1)\n" });
    const sent = manager.requests.at(-1)?.body ?? "";
    expect(sent).toMatch(/^PK/);
    expect(sent).toContain("plugin.yaml");
  });

  it("asks a server that needs one for its license first", async () => {
    const manager = fakeManager()
      .on("GET /api/version", { answer: { edition: "premium" } })
      .on("GET /license-check", { status: 400, answer: { error_code: "missing_cloudify_license", message: "none" } });
    const ran = await cfy(`plugins upload ${WAGON} -y ${YAML}`, { manager });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("cfy license upload") });
  });

  it("sends nothing that is no wagon", async () => {
    const manager = fakeManager().on("GET /api/version", { answer: { edition: "community" } });
    expect(await cfy(`plugins upload ${YAML} -y ${YAML}`, { manager })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("is no wagon"),
    });
  });
});

describe("plugins bundle-upload", () => {
  it("lets the server fetch the public bundle", async () => {
    const manager = fakeManager()
      .on("GET /api/version", { answer: { edition: "community" } })
      .on("POST /plugins", { answer: page([{ id: "P1" }, { id: "P2" }]) });
    const ran = await cfy("plugins bundle-upload --format id", { manager });
    expect(ran.stdout).toBe("P1\nP2\n");
    expect(new Map(manager.requests.at(-1)?.query).get("plugin_archive_url")).toMatch(/^http:.*\.tgz$/);
  });
});

describe("plugins validate", () => {
  it("names what is in a wagon", async () => {
    const ran = await cfy(`plugins validate ${WAGON}`);
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining("ref-plugin 1.0.0, 1 wheel") });
  });

  it("says that a file is missing", async () => {
    expect((await cfy("plugins validate no.wgn")).code).toBe(5);
  });

  it("refuses an archive without package.json", async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "plugin.yaml"), "plugins: {}\n");
    const { create } = await import("tar");
    await create({ gzip: true, file: join(directory, "p.wgn"), cwd: directory }, ["plugin.yaml"]);
    const ran = await cfy(`plugins validate ${join(directory, "p.wgn")}`);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("package.json") });
  });
});

describe("plugins install", () => {
  const state = (manager: string, state: string, error: string | null = null) => ({
    manager,
    agent: null,
    state,
    error,
  });

  it("installs on all managers and waits until all of them have it", async () => {
    const manager = fakeManager()
      .list("/managers", [{ hostname: "m1" }, { hostname: "m2" }])
      .on("POST /plugins/P1", { body: { action: "install", managers: ["m1", "m2"] } })
      .on("GET /plugins/P1", { answer: { installation_state: [state("m1", "installing")] } })
      .on("GET /plugins/P1", { answer: { installation_state: [state("m1", "installed"), state("m2", "installed")] } });
    expect((await cfy("plugins install P1", { manager, clock: fastClock() })).code).toBe(0);
  });

  it("waits once for a place that is named twice", async () => {
    const installed = { agent: "a1", manager: null, state: "installed", error: null };
    const manager = fakeManager()
      .on("POST /plugins/P1", { body: { action: "install", agents: ["a1", "a1"] } })
      .on("GET /plugins/P1", { answer: { installation_state: [installed] } });
    const ran = await cfy("plugins install P1 --agent-name a1 --agent-name a1", { manager, clock: fastClock() });
    expect(ran.code).toBe(0);
  });

  it("fails with the reason of each place that could not", async () => {
    const manager = fakeManager()
      .on("POST /plugins/P1", { body: { action: "install", agents: ["a1"] } })
      .on("GET /plugins/P1", {
        answer: { installation_state: [{ agent: "a1", manager: null, state: "error", error: "no pip" }] },
      });
    const ran = await cfy("plugins install P1 --agent-name a1", { manager, clock: fastClock() });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("a1: no pip") });
  });

  it("gives up with 124 when the time is over", async () => {
    const manager = fakeManager()
      .on("POST /plugins/P1")
      .on("GET /plugins/P1", { answer: { installation_state: [] }, times: "any" });
    const line = "plugins install P1 --manager-hostname m1 --timeout 3";
    expect((await cfy(line, { manager, clock: fastClock() })).code).toBe(124);
  });
});

describe("labels that a plugin attaches", () => {
  const plugin = { labels: { team: ["blue"], env: ["dev", "prod"] }, blueprint_labels: null, resource_tags: null };

  it.each([
    ["deployment-labels add team:red,new:x", { labels: { ...plugin.labels, team: ["blue", "red"], new: ["x"] } }],
    ["deployment-labels add team:blue", { labels: plugin.labels }],
    ["deployment-labels delete env:dev,team", { labels: { env: ["prod"] } }],
    ["blueprint-labels add a:b", { blueprint_labels: { a: ["b"] } }],
    ["resource-tags add a:b", { resource_tags: { a: ["b"] } }],
  ])("%s replaces the whole", async (line, body) => {
    const manager = fakeManager().on("GET /plugins/P1", { answer: plugin }).on("PATCH /plugins/P1", { body });
    expect((await cfy(`plugins ${line} P1`, { manager })).code).toBe(0);
  });

  it("are not replaced where there are none to delete", async () => {
    const manager = fakeManager().on("GET /plugins/P1", { answer: plugin });
    expect((await cfy("plugins resource-tags delete a P1", { manager })).code).toBe(0);
  });

  it("are listed by key", async () => {
    const manager = fakeManager().on("GET /plugins/P1", { answer: plugin });
    const ran = await cfy("plugins deployment-labels list P1 --json", { manager });
    expect(JSON.parse(ran.stdout)).toEqual({ team: ["blue"], env: ["dev", "prod"] });
  });
});

describe("plugins update", () => {
  const ended = anExecution({ id: "E1", status: "terminated", workflow_id: "update_plugin", started_at: null });

  it.each([
    ["", { all_to_latest: true }],
    ["--all-to-minor --force", { all_to_minor: true, force: true }],
    ["--plugin-name a --plugin-name b", { plugin_names: ["a", "b"], all_to_latest: true }],
    ["--all-to-minor --to-latest a", { to_latest: ["a"], all_to_minor: true }],
  ])("with %j asks for what is meant and nothing else, and follows it", async (flags, body) => {
    const manager = fakeManager()
      .on("POST /plugins-updates/app/update/initiate", { body, answer: { id: "U1", execution_id: "E1" } })
      .on("GET /executions/E1", { answer: ended, times: "any" })
      .on("GET /events", { answer: page([]), times: "any" });
    expect((await cfy(`plugins update app ${flags}`, { manager, clock: fastClock() })).code).toBe(0);
  });

  it.each([
    "",
    "app --all-blueprints",
    "app --except-blueprint b",
    "app --all-to-latest --all-to-minor",
    "app --to-latest a",
  ])("%j is a mistake", async (words) => {
    expect((await cfy(`plugins update ${words}`)).code).toBe(2);
  });

  it("--all-blueprints goes on after one that fails, and fails in the end", async () => {
    const blueprints = [
      { id: "a", tenant_name: "t1" },
      { id: "b", tenant_name: "t1" },
      { id: "c", tenant_name: "t1" },
    ];
    const refusal = { error_code: "conflict_error", message: "under way" };
    const manager = fakeManager()
      .list("/blueprints", blueprints)
      .on("POST /plugins-updates/a/update/initiate", { status: 409, answer: refusal, headers: { tenant: "t1" } })
      .on("POST /plugins-updates/c/update/initiate", { answer: { id: "U2", execution_id: null } });
    const ran = await cfy(
      "plugins update --all-blueprints --except-blueprint b --format csv --columns blueprint_id,status",
      {
        manager,
      },
    );
    expect(ran).toMatchObject({ code: 1, stdout: "blueprint_id,status\na,failed\nc,unchanged\n" });
  });
});

it("plugins list counts where each is installed", async () => {
  const states = [
    { state: "installed", manager: "m1", agent: null, error: null },
    { state: "error", manager: null, agent: "a1", error: "no pip" },
    { state: "installing", manager: "m2", agent: null, error: null },
  ];
  const manager = fakeManager().list("/plugins", [{ id: "P1", installation_state: states }]);
  const ran = await cfy("plugins list --json --columns id", { manager });
  expect(JSON.parse(ran.stdout)).toEqual([{ id: "P1" }]);
  const again = fakeManager().list("/plugins", [{ id: "P1", installation_state: states }]);
  const rows = JSON.parse((await cfy("plugins list --json", { manager: again })).stdout);
  expect(rows[0]["installed on"]).toBe("1 managers, 1 agents, 1 errors");
});
