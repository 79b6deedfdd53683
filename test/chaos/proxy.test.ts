import { readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { chaosSeed, seededRandom } from "../helpers/seeded-random.ts";
import { ChaosHome, expectAllEventsOnce } from "./chaos-home.ts";
import { type Fate, unsteadyProxy } from "./unsteady-proxy.ts";

const THROUGH_PROXY = { CFY_PROFILE: "proxy" };

/** A home with the deployment `app`, and a profile whose way to the server leads through the proxy. */
async function behindProxy(fateOf: (asked: IncomingMessage) => Fate, steps = ["a", "b"]) {
  const home = new ChaosHome();
  onTestFinished(() => home.remove());
  await home.deploy(Object.fromEntries(steps.map((step, at) => [step, { after: steps[at - 1] }])), { pause: 0.2 });
  let steady = true;
  const proxy = await unsteadyProxy(home.server("server.sock"), (asked) => (steady ? "pass" : fateOf(asked)));
  const profile = `profiles use 127.0.0.1 --rest-port ${proxy.port} --profile-name proxy -u admin -p admin -t default_tenant`;
  await home.succeeds(`${profile} --skip-credentials-validation`);
  steady = false;
  return { home, proxy };
}

const isStart = ({ method, url }: IncomingMessage) => method === "POST" && url === "/api/v3.1/executions";

describe("a follow over an unsteady connection", () => {
  it("shows every event once and ends with the execution", async () => {
    const random = seededRandom(chaosSeed());
    const troubles: Fate[] = ["cut-before", "cut-within", "cut-answer", "502-before", "502-after", "delay"];
    const { home, proxy } = await behindProxy(
      (asked) =>
        isStart(asked) || random() < 0.6 ? "pass" : (troubles[Math.floor(random() * troubles.length)] ?? "pass"),
      ["a", "b", "c", "d", "e", "f", "g", "h"],
    );
    const follow = home.start("executions start install -d app --json-output", { env: THROUGH_PROXY });
    const { code, stderr } = await follow.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
    expect((await expectAllEventsOnce(home, follow)).status).toBe("terminated");
    expect(proxy.met.size).toBeGreaterThan(1);
  });
});

describe("a start whose answer is lost", () => {
  it.each<Fate>(["cut-answer", "cut-within", "502-after"])(
    "by %s is found and followed, not repeated",
    async (fate) => {
      const { home, proxy } = await behindProxy((asked) => (isStart(asked) ? fate : "pass"));
      const follow = home.start("executions start install -d app --json-output", { env: THROUGH_PROXY });
      const { code, stderr } = await follow.ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("it was done") });
      expect(proxy.met.get(fate)).toBe(1);
      await expectAllEventsOnce(home, follow);
      expect(await home.executions("install")).toHaveLength(1);
    },
  );

  it.each<Fate>(["cut-before", "502-before"])("by %s and that never arrived is said not to run", async (fate) => {
    const { home, proxy } = await behindProxy((asked) => (isStart(asked) ? fate : "pass"));
    const { code, stderr } = await home.cfy("executions start install -d app", { env: THROUGH_PROXY });
    expect({ code, stderr }).toEqual({ code: 69, stderr: expect.stringContaining("may be given again") });
    expect(proxy.met.get(fate)).toBe(1);
    expect(await home.executions("install")).toEqual([]);
  });
});

describe("a start at a cluster", () => {
  /** Two members, each behind a proxy of its own; the first one answers 502 for the start. */
  async function cluster(fate: Fate) {
    const { home, proxy } = await behindProxy((asked) => (isStart(asked) ? fate : "pass"));
    const next = await unsteadyProxy(home.server("server.sock"), () => "pass");
    const file = join(home.path, ".cloudify", "profiles", "proxy", "context.json");
    const member = (hostname: string, host_ip: string, rest_port: number) => ({
      hostname,
      host_ip,
      host_type: "manager",
      rest_port,
    });
    const managers = [member("m1", "127.0.0.1", proxy.port), member("m2", "localhost", next.port)];
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), cluster: { manager: managers } }));
    return { home, first: proxy, next };
  }

  it.each<[Fate, string]>([
    ["502-before", "asking the next member of the cluster"],
    ["502-after", "it was done"],
  ])("whose member answers 502 (%s) happens once, whether that had begun it or not", async (fate, said) => {
    const { home, first, next } = await cluster(fate);
    const { code, stderr } = await home.cfy("executions start install -d app", { env: THROUGH_PROXY });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(said) });
    expect([first.met.get(fate), (next.met.get("pass") ?? 0) > 0]).toEqual([1, true]);
    expect(await home.executions("install")).toHaveLength(1);
  });
});
