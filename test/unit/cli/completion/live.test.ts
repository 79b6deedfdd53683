import { describe, expect, it } from "vitest";
import { liveCandidates } from "../../../../src/cli/completion/live.ts";
import type { Live } from "../../../../src/cli/completion/propose.ts";
import { createClient } from "../../../../src/client/index.ts";
import { type FakeManager, fakeManager } from "../../../helpers/fake-manager.ts";

/** What is proposed for a word, with what stands on the line besides it. */
async function proposed(
  manager: FakeManager,
  live: Partial<Live> & Pick<Live, "completer">,
  known: Record<string, string>,
) {
  const client = createClient({ endpoint: await manager.endpoint(), authentication: { kind: "none" } });
  const asked: Live = { beginning: "", given: [], ...live, known: new Map(Object.entries(known)) };
  const candidates = await liveCandidates(client, asked, new AbortController().signal);
  manager.verify();
  return candidates;
}

it.each(["DEPLOYMENT_ID", "BLUEPRINT_ID"])("proposes the workflows of what the line names by %s", async (name) => {
  const manager = fakeManager().on("GET /deployments/app", { answer: { workflows: [{ name: "heal" }] } });
  expect(await proposed(manager, { completer: "workflow" }, { [name]: "app" })).toEqual([
    { word: "heal", meaning: "" },
  ]);
});

it("proposes the workflows of the first deployments while the line names none", async () => {
  const answer = [{ workflows: [{ name: "heal" }] }, { workflows: [{ name: "heal" }, { name: "grow" }] }];
  const manager = fakeManager().list("/deployments", answer, { query: { _get_data: "True" } });
  const words = (await proposed(manager, { completer: "workflow" }, {})).map(({ word }) => word);
  expect(words).toEqual(["heal", "grow"]);
});

describe("the parameters of a workflow", () => {
  const parameters = {
    force: { type: "boolean", default: false, description: "even if it fails" },
    nodes: { type: "list" },
    mode: { default: "fast", constraints: [{ valid_values: ["fast", "slow"] }] },
    note: { type: "string", required: false },
  };
  const manager = () =>
    fakeManager().on("GET /deployments/app", {
      query: { _include: "workflows" },
      answer: {
        workflows: [
          { name: "install", parameters: {} },
          { name: "heal", parameters },
        ],
      },
    });
  const line = { DEPLOYMENT_ID: "app", WORKFLOW_ID: "heal" };

  it("are proposed with type, default and what they are for", async () => {
    expect(await proposed(manager(), { completer: "workflow-parameter" }, line)).toEqual([
      { word: "force=", meaning: "boolean, default false: even if it fails" },
      { word: "nodes=", meaning: "list, required" },
      { word: "mode=", meaning: 'default "fast"' },
      { word: "note=", meaning: "string, optional" },
    ]);
  });

  it("are proposed once each", async () => {
    const given = ["force=true", "nodes=[a]"];
    const left = await proposed(manager(), { completer: "workflow-parameter", given }, line);
    expect(left.map(({ word }) => word)).toEqual(["mode=", "note="]);
  });

  it.each<[string, string[]]>([
    ["force", ["true", "false"]],
    ["mode", ["fast", "slow"]],
    ["nodes", []],
    ["unknown", []],
  ])("can be, for %s: %j", async (key, expected) => {
    const values = await proposed(manager(), { completer: "workflow-parameter", key }, line);
    expect(values.map(({ word }) => word)).toEqual(expected);
  });

  it("are not known without a deployment, and nobody is asked", async () => {
    expect(await proposed(fakeManager(), { completer: "workflow-parameter" }, { WORKFLOW_ID: "heal" })).toEqual([]);
  });
});

describe("the inputs of a blueprint", () => {
  const blueprint = {
    query: { _include: "plan" },
    answer: { plan: { inputs: { port: { type: "integer", default: 80 } } } },
  };
  const port = [{ word: "port=", meaning: "integer, default 80" }];

  it("are those of the one on the line", async () => {
    const manager = fakeManager().on("GET /blueprints/app", blueprint);
    expect(await proposed(manager, { completer: "blueprint-input" }, { BLUEPRINT_ID: "app" })).toEqual(port);
  });

  it.each(["DEPLOYMENT_ID", "DEPLOYMENT_IDS"])("are those of the deployment that is updated (%s)", async (name) => {
    const manager = fakeManager()
      .on("GET /deployments/d1", { query: { _include: "blueprint_id" }, answer: { blueprint_id: "app" } })
      .on("GET /blueprints/app", blueprint);
    expect(await proposed(manager, { completer: "blueprint-input" }, { [name]: "d1" })).toEqual(port);
  });
});

it.each([
  [
    "active-execution",
    "status",
    ["pending", "started", "cancelling", "force_cancelling", "kill_cancelling", "scheduled", "queued"],
  ],
  ["resumable-execution", "status", ["failed", "cancelled"]],
] as const)("%s asks only for those in its states", async (completer, key, states) => {
  const manager = fakeManager().list("/executions", [{ id: "E1", workflow_id: "install" }]);
  expect(await proposed(manager, { completer }, {})).toEqual([{ word: "E1", meaning: "install" }]);
  const asked = manager.requests[0]?.query.filter(([name]) => name === key).map(([, state]) => state);
  expect(asked).toEqual(states);
});

it.each([
  ["inactive-user", "/users", { username: "a", active: false }, { username: "b", active: true }, "a"],
  ["disabled-schedule", "/execution-schedules", { id: "s1", enabled: false }, { id: "s2", enabled: true }, "s1"],
  ["created-snapshot", "/snapshots", { id: "s1", status: "created" }, { id: "s2", status: "failed" }, "s1"],
] as const)("%s leaves out those in another state", async (completer, path, fitting, other, expected) => {
  const manager = fakeManager().list(path, [fitting, other]);
  expect((await proposed(manager, { completer }, {})).map(({ word }) => word)).toEqual([expected]);
});
