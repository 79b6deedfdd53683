import { describe, expect, it } from "vitest";
import { cfy } from "../../../../helpers/cfy.ts";
import type { FakeManager } from "../../../../helpers/fake-manager.ts";
import { fastClock } from "../../../../helpers/fast-clock.ts";
import { loopback } from "../../../../helpers/loopback.ts";
import { anExecution, page } from "../../../../helpers/resources.ts";

/** A manager that takes the start and breaks the connection before it answers. */
async function breakingManager(known: readonly unknown[]): Promise<{ manager: FakeManager; starts(): number }> {
  const { endpoint, seen } = await loopback(({ method, path }, response) => {
    if (method === "POST") {
      response.destroy();
      return undefined;
    }
    return { json: path.endsWith("/executions") ? page(known) : anExecution() };
  });
  const manager = { endpoint: async () => endpoint, verify: () => {} } as unknown as FakeManager;
  return { manager, starts: () => seen.filter(({ method }) => method === "POST").length };
}

const clock = fastClock();
const justNow = new Date(clock.now() + 1000).toISOString();

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
