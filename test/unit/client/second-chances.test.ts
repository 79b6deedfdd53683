import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ConnectionError, createClient, type Endpoint } from "../../../src/client/index.ts";
import { isTransient } from "../../../src/client/retry.ts";
import { type Answer, loopback } from "../../helpers/loopback.ts";
import { VirtualClock } from "../../helpers/virtual-clock.ts";

const nobody = { kind: "none" } as const;
const BAD_GATEWAY: Answer = { status: 502, text: "<html>Bad Gateway</html>" };

/** An address where nothing listens any more. */
async function deserted(): Promise<Endpoint> {
  const { endpoint, server } = await loopback(() => ({}));
  await new Promise((resolve) => server.close(resolve));
  return endpoint;
}

describe("a retry", () => {
  const flaky = (failures: number) => {
    let left = failures;
    return loopback((_seen, response) => {
      if (left-- <= 0) return { json: { done: true } };
      response.destroy();
      return undefined;
    });
  };
  const retry = { clock: new VirtualClock(), random: () => 0 };

  it("gets over a connection that broke, when the request only reads", async () => {
    const { endpoint, seen } = await flaky(2);
    expect(await createClient({ endpoint, authentication: nobody, retry }).rest.get("status")).toEqual({ done: true });
    expect(seen).toHaveLength(3);
  });

  it.each(["post", "put", "patch", "delete"] as const)("never repeats a %s", async (verb) => {
    const { endpoint, seen } = await flaky(1);
    await expect(createClient({ endpoint, authentication: nobody, retry }).rest[verb]("x")).rejects.toMatchObject({
      sent: true,
    });
    expect(seen).toHaveLength(1);
  });

  it("waits longer each time, and says so", async () => {
    const { endpoint } = await flaky(9);
    const pauses: number[] = [];
    const clock = new VirtualClock();
    const began = clock.now();
    const policy = {
      clock,
      random: () => 0,
      attempts: 4,
      pause: 100,
      onRetry: (_: unknown, ms: number) => void pauses.push(ms),
    };
    await expect(createClient({ endpoint, authentication: nobody, retry: policy }).rest.get("x")).rejects.toMatchObject(
      { kind: "reset" },
    );
    expect(pauses).toEqual([50, 100, 200]);
    expect(clock.now() - began).toBe(350);
  });

  it("does not ask again what the server itself has refused", async () => {
    const json = { error_code: "maintenance_mode_active", message: "in maintenance" };
    const { endpoint, seen } = await loopback(() => ({ status: 503, json }));
    await expect(createClient({ endpoint, authentication: nobody, retry }).rest.get("x")).rejects.toMatchObject({
      status: 503,
    });
    expect(seen).toHaveLength(1);
  });

  it.each([
    [502, 2],
    [503, 2],
    [504, 2],
    [500, 1],
    [404, 1],
  ])("of what a gateway answers for its server: %i is asked for %i times", async (status, times) => {
    const answers: Answer[] = [{ status, text: "<html>no</html>" }];
    const { endpoint, seen } = await loopback(() => answers.shift() ?? { json: { done: true } });
    const asked = createClient({ endpoint, authentication: nobody, retry }).rest.get("x");
    if (times === 1) await expect(asked).rejects.toMatchObject({ status, code: `http_${status}` });
    else expect(await asked).toEqual({ done: true });
    expect(seen).toHaveLength(times);
  });

  it.each([
    ["refused", undefined, true],
    ["reset", undefined, true],
    ["timeout", undefined, true],
    ["dns", "EAI_AGAIN", true],
    ["dns", "ENOTFOUND", false],
    ["tls", "CERT_HAS_EXPIRED", false],
    ["protocol", undefined, false],
  ] as const)("may help with %s %s: %j", (kind, code, helps) => {
    expect(isTransient(new ConnectionError({ kind, code, message: "m", sent: false, address: "a" }))).toBe(helps);
  });
});

describe("a cluster", () => {
  it("goes on with the next member, stays with it, and says so before it asks", async () => {
    const dead = await deserted();
    const gateway = await loopback(() => BAD_GATEWAY);
    const alive = await loopback(() => ({ json: { ok: true } }));
    const changes: [number, number][] = [];
    const client = createClient({
      endpoint: [dead, gateway.endpoint, alive.endpoint],
      authentication: nobody,
      onFailOver: ({ index }) => void changes.push([index, gateway.seen.length + alive.seen.length]),
    });
    expect(await client.rest.get("status")).toEqual({ ok: true });
    expect(await client.rest.get("status")).toEqual({ ok: true });
    expect(changes).toEqual([
      [1, 0],
      [2, 1],
    ]);
    expect([gateway.seen.length, alive.seen.length]).toEqual([1, 2]);
  });

  it("goes back to an earlier member when a later one fails", async () => {
    const turns = async (...answers: Answer[]) => loopback(() => answers.shift() ?? { json: { ok: true } });
    const first = await turns(BAD_GATEWAY);
    const second = await turns({ json: { ok: true } }, BAD_GATEWAY);
    const client = createClient({ endpoint: [first.endpoint, second.endpoint], authentication: nobody });
    await client.rest.get("status");
    expect(await client.rest.get("status")).toEqual({ ok: true });
    expect([first.seen.length, second.seen.length]).toEqual([2, 2]);
  });

  it("of a single member is just a server: what its gateway answers is the answer", async () => {
    const { endpoint } = await loopback(() => BAD_GATEWAY);
    const client = createClient({ endpoint: [endpoint], authentication: nobody });
    await expect(client.rest.post("x")).rejects.toMatchObject({ name: "RestError", status: 502 });
  });

  it("starts a workflow elsewhere when the first member refused the connection", async () => {
    const alive = await loopback(() => ({ status: 201, json: { id: "e1" } }));
    const client = createClient({ endpoint: [await deserted(), alive.endpoint], authentication: nobody });
    expect(await client.executions.start({ deployment_id: "d", workflow_id: "install" })).toEqual({ id: "e1" });
    expect(JSON.parse(alive.seen[0]?.body ?? "")).toMatchObject({ workflow_id: "install" });
  });

  it("does not start it twice when the connection broke later", async () => {
    const broken = await loopback((_seen, response) => void response.destroy());
    const alive = await loopback(() => ({ json: {} }));
    const client = createClient({ endpoint: [broken.endpoint, alive.endpoint], authentication: nobody });
    await expect(client.executions.start({ deployment_id: "d", workflow_id: "install" })).rejects.toMatchObject({
      sent: true,
    });
    expect(alive.seen).toHaveLength(0);
  });

  it("does not start it twice when a connection that had been used before breaks", async () => {
    let requests = 0;
    const broken = await loopback((_seen, response) => {
      if (++requests === 1) return { json: {} };
      response.destroy();
      return undefined;
    });
    const alive = await loopback(() => ({ json: {} }));
    const client = createClient({ endpoint: [broken.endpoint, alive.endpoint], authentication: nobody });
    await client.rest.get("status");
    await expect(client.executions.start({ deployment_id: "d", workflow_id: "install" })).rejects.toMatchObject({
      sent: true,
    });
    expect([requests, alive.seen.length]).toEqual([2, 0]);
  });

  it.each(["post", "patch"] as const)(
    "does not repeat a %s that a gateway without its server may have passed on, but goes on elsewhere",
    async (verb) => {
      const gateway = await loopback(() => BAD_GATEWAY);
      const alive = await loopback(() => ({ json: { ok: true } }));
      const moved: string[] = [];
      const client = createClient({
        endpoint: [gateway.endpoint, alive.endpoint],
        authentication: nobody,
        onFailOver: ({ to }) => void moved.push(to),
      });
      await expect(client.rest[verb]("x")).rejects.toMatchObject({ code: "502", sent: true });
      expect([gateway.seen.length, alive.seen.length, moved.length]).toEqual([1, 0, 1]);
      expect(await client.rest.get("x")).toEqual({ ok: true });
      expect([gateway.seen.length, alive.seen.length]).toEqual([1, 1]);
    },
  );

  it.each(["put", "delete"] as const)("repeats a %s after a 502: twice is as good as once", async (verb) => {
    const gateway = await loopback(() => BAD_GATEWAY);
    const alive = await loopback(() => ({ json: { ok: true } }));
    const client = createClient({ endpoint: [gateway.endpoint, alive.endpoint], authentication: nobody });
    expect(await client.rest[verb]("x")).toEqual({ ok: true });
  });

  it("says when what was being sent cannot be sent again", async () => {
    const alive = await loopback(() => ({ json: {} }));
    const client = createClient({ endpoint: [await deserted(), alive.endpoint], authentication: nobody });
    const body = { replayable: false, open: () => Readable.from(["once"]) };
    await expect(client.rest.post("plugins", { body })).rejects.toMatchObject({
      kind: "refused",
      sent: false,
      message: expect.stringContaining("cannot be sent again"),
    });
  });

  it("does not advise to send again what a gateway without its server may have passed on", async () => {
    const gateway = await loopback(() => BAD_GATEWAY);
    const alive = await loopback(() => ({ json: {} }));
    const client = createClient({ endpoint: [gateway.endpoint, alive.endpoint], authentication: nobody });
    const body = { replayable: false, open: () => Readable.from(["once"]) };
    const failed = await client.rest.post("plugins", { body }).catch((error: Error) => error);
    expect(failed).toMatchObject({ code: "502", message: expect.not.stringContaining("once more") });
    expect(alive.seen).toHaveLength(0);
  });

  it("names every member when none answers", async () => {
    const [a, b] = [await deserted(), await deserted()];
    const client = createClient({ endpoint: [a, b], authentication: nobody });
    await expect(client.rest.get("status")).rejects.toMatchObject({
      kind: "refused",
      sent: false,
      message: expect.stringMatching(new RegExp(`${a.port}.*${b.port}`)),
    });
  });
});
