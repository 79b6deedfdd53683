import { describe, expect, it } from "vitest";
import { cfy, type RunOptions } from "../../../helpers/cfy.ts";
import { type FakeManager, fakeManager } from "../../../helpers/fake-manager.ts";
import { fastClock } from "../../../helpers/fast-clock.ts";
import { loopback } from "../../../helpers/loopback.ts";
import { anExecution } from "../../../helpers/resources.ts";

const deployment = (id: string) => ({ id, blueprint_id: "app" });
const refused = { message: "it has live nodes", error_code: "dependent_exists_error" };

/** A manager that finds these deployments by the label, and knows none of their deletions' executions. */
const labelled = (...ids: string[]) =>
  fakeManager().on("POST /searches/deployments", {
    body: { filter_rules: [{ key: "env", values: ["test"], operator: "any_of", type: "label" }] },
    query: { _sort: "created_at" },
    answer: { items: ids.map(deployment), metadata: { pagination: { total: ids.length, size: 1000, offset: 0 } } },
  });

const deleting = (manager: FakeManager, ...ids: string[]) => {
  for (const id of ids) manager.on(`DELETE /deployments/${id}`, { status: 204 });
  return manager.list("/executions", [], { times: "any" });
};

const run = (line: string, options: RunOptions) => cfy(line, { clock: fastClock(), ...options });
const rowsOf = (stdout: string) => JSON.parse(stdout) as Record<string, unknown>[];

describe("a selection of deployments", () => {
  it("is counted, sampled and asked about on a terminal, and nothing happens without a yes", async () => {
    const ids = ["d1", "d2", "d3", "d4", "d5", "d6", "d7"];
    const ran = await run("deployments delete -lr env=test", { manager: labelled(...ids), tty: 120, stdin: "n\n" });
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    expect(ran.stderr).toContain("  d1  (of app)\n");
    expect(ran.stderr).toContain("  … and 2 more\nDelete 7 deployments? [y/N] ");
  });

  it("is deleted after a yes", async () => {
    const manager = deleting(labelled("d1"), "d1");
    const ran = await run("deployments delete -lr env=test", { manager, tty: 120, stdin: "y\n" });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining("| d1 |") });
    expect(ran.stderr).toContain("1 deployment deleted\n");
    expect(ran.stderr).not.toContain("not deleted");
  });

  it("is refused with code 2 where nobody can be asked, naming the flag", async () => {
    const ran = await run("deployments delete -lr env=test", { manager: labelled("d1", "d2") });
    expect(ran).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--yes") });
    expect(ran.stderr).toContain("Delete 2 deployments?");
  });

  it("is only shown with --dry-run", async () => {
    const ran = await run("deployments delete -lr env=test --dry-run --json", { manager: labelled("d1", "d2") });
    expect(ran.code).toBe(0);
    expect(rowsOf(ran.stdout)).toEqual([
      { id: "d1", blueprint_id: "app", result: "would be deleted", error: null },
      { id: "d2", blueprint_id: "app", result: "would be deleted", error: null },
    ]);
  });

  it("has in its table the last line of a traceback, and all of it for programs", async () => {
    const message = 'Traceback (most recent call last):\n  File "flows.py", line 6, in boom\nValueError: boom';
    const failing = () =>
      labelled("d1").on("DELETE /deployments/d1", { status: 400, answer: { message, error_code: "any_error" } });
    const table = await run("deployments delete -lr env=test --yes", { manager: failing() });
    expect(table.stdout).toMatch(/\| d1 \|.*\| ValueError: boom \|\n\+/);
    const { stdout } = await run("deployments delete -lr env=test --yes --json", { manager: failing() });
    expect(rowsOf(stdout)).toMatchObject([{ error: message }]);
  });

  it("is none of a group that does not exist, which is told", async () => {
    const missing = {
      message: "Requested `DeploymentGroup` with ID `nowhere` was not found",
      error_code: "not_found_error",
    };
    const manager = fakeManager()
      .list("/deployments", [], { query: { _group_id: "nowhere" } })
      .on("GET /deployment-groups/nowhere", { status: 404, answer: missing });
    const ran = await run("deployments delete --group-id nowhere --yes", { manager });
    expect(ran).toMatchObject({ code: 5, stdout: "", stderr: expect.stringContaining("nowhere") });
  });

  it("that is empty is no failure", async () => {
    const ran = await run("deployments delete -lr env=test --json", { manager: labelled() });
    expect([ran.code, rowsOf(ran.stdout)]).toEqual([0, []]);
  });

  it("has a row for each, and a failure does not stop the rest", async () => {
    const manager = deleting(labelled("d1", "d2", "d3"), "d1", "d3").on("DELETE /deployments/d2", {
      status: 400,
      answer: refused,
    });
    const ran = await run("deployments delete -lr env=test --yes --json", { manager });
    expect(ran).toMatchObject({ code: 6, stderr: expect.stringContaining("not_all_done") });
    expect(JSON.parse(ran.stderr).error.message).toBe("1 of 3 deployments not deleted");
    expect(rowsOf(ran.stdout).map(({ id, result, error }) => [id, result, error])).toEqual([
      ["d1", "deleted", null],
      ["d2", "failed", "it has live nodes"],
      ["d3", "deleted", null],
    ]);
  });

  it("is worked off so many at a time", async () => {
    let [running, most] = [0, 0];
    const { endpoint } = await loopback(async ({ method, path }) => {
      if (method !== "DELETE") {
        const items = path.endsWith("/deployments") ? Array.from({ length: 9 }, (_, at) => deployment(`d${at}`)) : [];
        return { json: { items, metadata: { pagination: { total: items.length, size: 1000, offset: 0 } } } };
      }
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      running--;
      return { status: 204, text: "" };
    });
    const manager = { endpoint: async () => endpoint, verify: () => {} } as unknown as FakeManager;
    const ran = await run("deployments delete --all --yes --concurrency 3 --detach -o id", { manager });
    expect(ran.stdout.trim().split("\n")).toHaveLength(9);
    expect(most).toBeLessThanOrEqual(3);
  });

  it("begins no more after Ctrl-C, and says what was not done", async () => {
    const ctrlC = new AbortController();
    const { endpoint } = await loopback(({ method, path }) => {
      if (method === "DELETE") {
        ctrlC.abort("SIGINT");
        return { status: 204, text: "" };
      }
      const items = path.endsWith("/deployments") ? ["d1", "d2", "d3"].map(deployment) : [];
      return { json: { items, metadata: { pagination: { total: items.length, size: 1000, offset: 0 } } } };
    });
    const manager = { endpoint: async () => endpoint, verify: () => {} } as unknown as FakeManager;
    const line = "deployments delete --all --yes --concurrency 1 --detach --json";
    const ran = await run(line, { manager, signal: ctrlC.signal });
    expect(ran.code).toBe(130);
    expect(rowsOf(ran.stdout).map(({ id, result }) => [id, result])).toEqual([
      ["d1", "being deleted"],
      ["d2", "not done"],
      ["d3", "not done"],
    ]);
  });

  it.each([
    ["deployments delete", "DEPLOYMENT_ID is missing"],
    ["deployments delete d1 --all", "exclude each other"],
    ["deployments delete --filter-id ''", "is empty"],
    ["executions cancel -d ''", "is empty"],
    ["deployments delete d1 d2 --concurrency 0", "at least 1"],
    ["deployments update --all -b app-2 --preview", "--dry-run"],
    ["deployments update d1 d2 -b app-2 --cancel-on-interrupt", "for one execution"],
    ["executions resume --all --cancel-on-interrupt", "for one execution"],
  ])("is not guessed: %s", async (line, words) => {
    expect(await run(line, { manager: fakeManager() })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(words),
    });
  });
});

describe("several ids", () => {
  it.each([
    ["secrets delete a b", "/secrets"],
    ["plugins delete a b", "/plugins"],
    ["snapshots delete a b", "/snapshots"],
    ["log-bundles delete a b", "/log-bundles"],
    ["sites delete a b", "/sites"],
    ["tokens delete a b", "/tokens"],
    ["users delete a b", "/users"],
    ["blueprints delete a b", "/blueprints"],
  ])("go one by one: %s", async (line, path) => {
    const missing = { message: "not found", error_code: "not_found_error" };
    const manager = fakeManager()
      .on(`DELETE ${path}/a`, { status: 404, answer: missing })
      .on(`DELETE ${path}/b`, { status: 204 });
    const ran = await run(`${line} --json`, { manager });
    expect([ran.code, rowsOf(ran.stdout)]).toEqual([
      5,
      [
        { id: "a", result: "failed", error: "not found" },
        { id: "b", result: "deleted", error: null },
      ],
    ]);
  });

  it("are taken as they are named, without asking", async () => {
    const manager = deleting(fakeManager(), "d1", "d2");
    const ran = await run("deployments delete d1 d2 d1 --json", { manager });
    expect([ran.code, rowsOf(ran.stdout).map(({ id }) => id)]).toEqual([0, ["d1", "d2"]]);
  });

  it("of which some do not exist exit with what they have in common", async () => {
    const missing = { message: "not found", error_code: "not_found_error" };
    const manager = fakeManager();
    for (const id of ["E1", "E2"]) manager.on(`POST /executions/${id}`, { status: 404, answer: missing });
    manager.on("POST /executions/E3", {
      body: { action: "kill" },
      answer: anExecution({ id: "E3", status: "kill_cancelling" }),
    });
    const ran = await run("executions cancel E1 E2 E3 --kill --json", { manager });
    expect(ran.code).toBe(5);
    expect(rowsOf(ran.stdout).at(-1)).toEqual({
      id: "E3",
      workflow_id: "install",
      deployment_id: "d1",
      result: "kill_cancelling",
      error: null,
    });
  });
});

describe("a selection of executions", () => {
  it("is chosen by its own fields, and by the labels of its deployments", async () => {
    const manager = labelled("d1", "d2")
      .list("/executions", [anExecution({ id: "E7", workflow_id: "heal" })], {
        query: { deployment_id: "d2", workflow_id: "heal", status: "queued" },
      })
      .on("POST /executions/E7", {
        body: { action: "cancel" },
        answer: anExecution({ id: "E7", status: "cancelling" }),
      });
    const line = "executions cancel -lr env=test -d d2 -d d3 --workflow-id heal --status queued --yes -o id";
    expect(await run(line, { manager })).toMatchObject({ code: 0, stdout: "E7\n" });
    const asked = manager.requests.find(({ path }) => path.endsWith("/executions"))?.query;
    expect(asked?.filter(([name]) => name === "deployment_id")).toEqual([["deployment_id", "d2"]]);
  });

  it("is asked for in lines of a length that gateways take", async () => {
    const ids = Array.from({ length: 300 }, (_, at) => `deployment-number-${at}`);
    const manager = labelled(...ids).list("/executions", [], { times: "any" });
    expect((await run("executions cancel -lr env=test --yes", { manager })).code).toBe(0);
    const queries = manager.requests.filter(({ path }) => path.endsWith("/executions")).map(({ query }) => query);
    expect(Math.max(...queries.map((query) => new URLSearchParams(query).toString().length))).toBeLessThan(6000);
    const asked = queries.flat().filter(([name]) => name === "deployment_id");
    expect(asked.map(([, id]) => id)).toEqual(ids);
  });

  it("is none when no deployment fits, and not all", async () => {
    const ran = await run("executions cancel -lr env=test --yes --json", { manager: labelled() });
    expect([ran.code, rowsOf(ran.stdout)]).toEqual([0, []]);
  });

  it("is resumed and waited for, each with its own end", async () => {
    const failed = [anExecution({ id: "E1", status: "failed" }), anExecution({ id: "E2", status: "failed" })];
    const manager = fakeManager().list("/executions", failed, { query: { status: "failed" } });
    for (const [id, status] of [
      ["E1", "terminated"],
      ["E2", "failed"],
    ] as const) {
      manager.on(`POST /executions/${id}`, {
        body: { action: "resume" },
        answer: anExecution({ id, status: "pending" }),
      });
      manager.on(`GET /executions/${id}`, { answer: anExecution({ id, status, error: "no disk" }), times: "any" });
    }
    const ran = await run("executions resume --status failed --yes --wait --json", { manager });
    expect(ran.code).toBe(1);
    expect(rowsOf(ran.stdout).map(({ result, error }) => [result, error])).toEqual([
      ["completed", null],
      ["failed", "no disk"],
    ]);
  });
});

describe("many updates", () => {
  it("move each deployment, and tell which did not come through", async () => {
    const manager = labelled("d1", "d2");
    for (const [id, status] of [
      ["d1", "terminated"],
      ["d2", "cancelled"],
    ] as const) {
      manager.on(`POST /deployment-updates/${id}/update/initiate`, {
        answer: { id: `U-${id}`, execution_id: `E-${id}` },
      });
      const execution = anExecution({ id: `E-${id}`, status, workflow_id: "update" });
      manager.on(`GET /executions/E-${id}`, { answer: execution, times: "any" });
    }
    const ran = await run("deployments update -lr env=test -b app-2 --yes --json", { manager });
    expect(ran.code).toBe(3);
    expect(rowsOf(ran.stdout).map(({ id, result }) => [id, result])).toEqual([
      ["d1", "updated"],
      ["d2", "cancelled"],
    ]);
  });
});

describe("a selection of blueprints", () => {
  it("is asked about, and deleted", async () => {
    const manager = fakeManager()
      .list("/blueprints", [{ id: "app-1" }, { id: "app-2" }], { query: { _filter_id: "old" } })
      .on("DELETE /blueprints/app-1", { query: { force: "True" }, status: 204 })
      .on("DELETE /blueprints/app-2", { query: { force: "True" }, status: 204 });
    const ran = await run("blueprints delete --filter-id old -f", { manager, tty: 100, stdin: "yes\n" });
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining("Delete 2 blueprints? [y/N]") });
  });
});

describe("executions delete with a selection", () => {
  it("deletes those of each deployment, and counts them", async () => {
    const manager = labelled("d1", "d2");
    for (const [id, count] of [
      ["d1", 3],
      ["d2", 0],
    ] as const) {
      manager.on("DELETE /executions", {
        query: { deployment_id: id, workflow_id: "heal" },
        body: { keep_last: 5 },
        answer: { items: [{ count }] },
      });
    }
    const ran = await run("executions delete -lr env=test --workflow-id heal --keep-last 5 --yes --json", { manager });
    expect(rowsOf(ran.stdout).map(({ id, deleted, result }) => [id, deleted, result])).toEqual([
      ["d1", 3, "cleaned up"],
      ["d2", 0, "cleaned up"],
    ]);
  });

  it("asks first", async () => {
    const ran = await run("executions delete -d d1 -d d2", { manager: fakeManager() });
    expect(ran).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Delete the ended executions of 2 deployments?"),
    });
  });

  it("of a workflow alone is refused: it would be those of every deployment", async () => {
    expect(await run("executions delete --workflow-id heal", { manager: fakeManager() })).toMatchObject({ code: 2 });
  });
});

describe("executions start on a selection", () => {
  const started = (id: string, status: "terminated" | "failed" | "pending") =>
    anExecution({ id: `E-${id}`, deployment_id: id, workflow_id: "heal", status, error: "no disk" });

  it("runs the workflow on each deployment, and tells what came of each", async () => {
    const manager = labelled("d1", "d2");
    for (const [id, status] of [
      ["d1", "terminated"],
      ["d2", "failed"],
    ] as const) {
      manager.on("POST /executions", { status: 201, answer: started(id, "pending") });
      manager.on(`GET /executions/E-${id}`, { answer: started(id, status), times: "any" });
    }
    const line = "executions start heal -lr env=test -p depth=2 --yes --concurrency 1 --json";
    const ran = await run(line, { manager });
    expect(ran.code).toBe(1);
    expect(rowsOf(ran.stdout)).toEqual([
      { id: "d1", execution_id: "E-d1", result: "completed", error: null },
      { id: "d2", execution_id: "E-d2", result: "failed", error: "no disk" },
    ]);
    const bodies = manager.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/executions"));
    expect(bodies.map(({ body }) => JSON.parse(body))).toMatchObject([
      { deployment_id: "d1", parameters: { depth: "2" } },
      { deployment_id: "d2", parameters: { depth: "2" } },
    ]);
  });

  it.each([
    ["-lr env=test", "Run heal on 1 deployment?"],
    ["-lr env=test", "`cfy deployments list` with the same options"],
  ])("asks first: %s", async (flags, words) => {
    const ran = await run(`executions start heal ${flags}`, { manager: labelled("d1") });
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  });

  it.each(["-d d1", "--schedule '+2 hours'", "--cancel-on-interrupt"])("excludes %s", async (flags) => {
    expect(await run(`executions start heal --all ${flags}`, { manager: fakeManager() })).toMatchObject({ code: 2 });
  });
});
