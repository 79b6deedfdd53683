import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";

const labels = [
  { key: "env", value: "prod" },
  { key: "env", value: "dev" },
  { key: "owner", value: "me" },
];

const KINDS = [
  ["blueprints", "/blueprints/x", "PATCH /blueprints/x"],
  ["deployments", "/deployments/x", "PATCH /deployments/x"],
  ["deployments groups", "/deployment-groups/x", "PUT /deployment-groups/x"],
] as const;

describe.each(KINDS)("%s labels", (group, path, write) => {
  const labelsSent = (manager: ReturnType<typeof fakeManager>) => {
    const sent = manager.requests.find(({ method }) => method !== "GET");
    return sent && (JSON.parse(sent.body) as { labels: unknown }).labels;
  };

  it("are listed with all values of a key in one row", async () => {
    const manager = fakeManager().on(`GET ${path}`, { answer: { labels } });
    const ran = await cfy(`${group} labels list x --json`, { manager });
    expect(JSON.parse(ran.stdout)).toEqual({ env: ["dev", "prod"], owner: ["me"] });
  });

  it("are added to those that are there, which are not sent twice", async () => {
    const manager = fakeManager().on(`GET ${path}`, { answer: { labels } }).on(write, { answer: { labels } });
    const ran = await cfy(`${group} labels add ENV:prod,team:blue x`, { manager });
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining("team:blue") });
    expect(labelsSent(manager)).toEqual([{ env: "prod" }, { env: "dev" }, { owner: "me" }, { team: "blue" }]);
  });

  it.each([
    ["env:dev", [{ env: "prod" }, { owner: "me" }]],
    ["env", [{ owner: "me" }]],
    ["Env:prod,owner", [{ env: "dev" }]],
  ])("are taken away: %s", async (label, left) => {
    const manager = fakeManager()
      .on(`GET ${path}`, { answer: { labels } })
      .on(write, { answer: { labels: [] } });
    expect((await cfy(`${group} labels delete ${label} x`, { manager })).code).toBe(0);
    expect(labelsSent(manager)).toEqual(left);
  });

  it.each(["add env:prod x", "delete env:test x"])("are left alone when nothing changes: %s", async (line) => {
    const manager = fakeManager().on(`GET ${path}`, { answer: { labels } });
    expect((await cfy(`${group} labels ${line}`, { manager })).code).toBe(0);
  });
});
