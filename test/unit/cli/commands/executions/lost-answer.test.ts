import { describe, expect, it } from "vitest";
import type { Endpoint } from "../../../../../src/client/index.ts";
import { cfy } from "../../../../helpers/cfy.ts";
import type { FakeManager } from "../../../../helpers/fake-manager.ts";
import { fastClock } from "../../../../helpers/fast-clock.ts";
import { loopback } from "../../../../helpers/loopback.ts";
import { anExecution, page } from "../../../../helpers/resources.ts";

/** A manager that takes what would change something and breaks the connection before it answers. */
async function breakingManager(
  known: readonly unknown[],
  single: unknown = anExecution(),
): Promise<{ manager: FakeManager; starts(): number }> {
  const { endpoint, seen } = await loopback(({ method, path }, response) => {
    if (method !== "GET") {
      response.destroy();
      return undefined;
    }
    return { json: /\/[a-z-]+s$/.test(path) ? page(known) : single };
  });
  const manager = { endpoint: async () => endpoint, verify: () => {} } as unknown as FakeManager;
  return { manager, starts: () => seen.filter(({ method }) => method !== "GET").length };
}

const clock = fastClock();
/** Later than any start in here. */
const justNow = new Date(clock.now() + 360_000_000).toISOString();

describe("a start whose answer is lost", () => {
  it("is not repeated: the execution that the server knows is taken for it", async () => {
    const { manager, starts } = await breakingManager([anExecution({ id: "E5", created_at: justNow })]);
    const ran = await cfy("executions start install -d d1 --detach -o id", { manager, clock });
    expect({ ...ran, starts: starts() }).toMatchObject({ code: 0, stdout: "E5\n", starts: 1 });
  });

  it.each([
    ["an older one", anExecution({ created_at: "2020-01-01T00:00:00.000Z" })],
    ["one with other parameters", anExecution({ created_at: justNow, parameters: { a: "2" } })],
  ])("is not confused with %s", async (_what, other) => {
    const { manager, starts } = await breakingManager([other]);
    const ran = await cfy("executions start install -d d1 -p a=1 --detach", { manager, clock });
    expect(ran.code).toBe(69);
    expect(ran.stderr).toContain("may be given again");
    expect(starts()).toBe(1);
  });
});

describe("any other change whose answer is lost", () => {
  const deployment = { id: "d1", blueprint_id: "app", created_at: justNow, workflows: [] };
  const group = { id: "G1", workflow_id: "install", deployment_group_id: "dg", created_at: justNow };
  const making = (parameters: Record<string, string>) => anExecution({ created_at: justNow, parameters });
  const update = { id: "U1", execution_id: "E1", created_at: justNow, state: "updating" };

  it.each([
    ["deployments create d1 -b app --detach", [], deployment],
    ["executions groups start install -g dg --detach", [group], { ...group, status: "pending" }],
    ["deployments update d1 -b app-2 --detach", [update], anExecution()],
    ["executions cancel E1", [], anExecution({ status: "cancelling" })],
    ["executions resume E1", [], anExecution({ status: "pending" })],
    ["plugins update app --detach", [update], anExecution()],
    ["snapshots create s1", [making({ snapshot_id: "s1" })], {}],
    ["snapshots restore s1", [making({ snapshot_id: "s1" })], {}],
    ["log-bundles create b1", [making({ log_bundle_id: "b1" })], {}],
  ])("is looked up, not repeated: %s", async (line, known, single) => {
    const { manager, starts } = await breakingManager(known, single);
    const ran = await cfy(line, { manager, clock });
    expect({ ...ran, starts: starts() }).toMatchObject({
      code: 0,
      starts: 1,
      stderr: expect.stringContaining("it was done"),
    });
  });

  it.each([
    ["deployments create d1 -b app", [], { ...deployment, created_at: "2020-01-01T00:00:00.000Z" }],
    ["executions groups start install -g dg", [{ ...group, created_at: "2020-01-01T00:00:00.000Z" }], group],
    ["executions cancel E1 --force", [], anExecution({ status: "cancelling" })],
    ["executions resume E1", [], anExecution({ status: "failed" })],
    ["snapshots create s1", [making({ snapshot_id: "s2" })], {}],
  ])("and that was not done is said to be safe to repeat: %s", async (line, known, single) => {
    const { manager, starts } = await breakingManager(known, single);
    const ran = await cfy(line, { manager, clock });
    expect({ ...ran, starts: starts() }).toMatchObject({
      code: 69,
      starts: 1,
      stderr: expect.stringContaining("may be given again"),
    });
  });
});

describe("a start that a member of a cluster answers with 502", () => {
  /** The gateway's server is away for all that changes something; both members know the same. */
  async function cluster(known: readonly unknown[]) {
    const answerOf = (path: string) => ({ json: path.endsWith("/executions") ? page(known) : anExecution() });
    const gateway = await loopback(() => ({ status: 502, text: "<html>Bad Gateway</html>" }));
    const member = await loopback(({ method, path }) => (method === "GET" ? answerOf(path) : { json: anExecution() }));
    const starts = () => member.seen.filter(({ method }) => method === "POST").length;
    const endpoint = [gateway.endpoint, member.endpoint] as unknown as Endpoint;
    return { manager: { endpoint: async () => endpoint, verify: () => {} } as unknown as FakeManager, starts };
  }

  it("is made at the next member when that knows of nothing", async () => {
    const { manager, starts } = await cluster([]);
    const ran = await cfy("executions start install -d d1 --detach", { manager, clock });
    expect({ ...ran, starts: starts() }).toMatchObject({
      code: 0,
      starts: 1,
      stderr: expect.stringContaining("asking the next member"),
    });
  });

  it("is not made again when the next member knows it", async () => {
    const { manager, starts } = await cluster([anExecution({ created_at: justNow })]);
    const ran = await cfy("executions start install -d d1 --detach", { manager, clock });
    expect({ ...ran, starts: starts() }).toMatchObject({ code: 0, starts: 0 });
  });
});
