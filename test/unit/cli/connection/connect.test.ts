import { describe, expect, it } from "vitest";
import { connect } from "../../../../src/cli/connection/connect.ts";
import type { ConnectContext } from "../../../../src/cli/context.ts";
import type { ClusterNode, Profile } from "../../../../src/cli/profiles/profile.ts";
import { loopback } from "../../../helpers/loopback.ts";
import { cfyHome } from "../../../helpers/profiles.ts";
import { VirtualClock } from "../../../helpers/virtual-clock.ts";

const admin = { manager_username: "admin", manager_password: "secret", manager_tenant: "t1" };

/** At the verbosity that says so much. */
function contextOf(env: Record<string, string>, verbosity = 0): { ctx: ConnectContext; said: string[] } {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const verbose = (level: number, text: string) => void (level <= verbosity && said.push(text));
  const ctx = { env, clock: new VirtualClock(), manager: undefined, warn: say, verbose };
  return { ctx: ctx as unknown as ConnectContext, said };
}

async function deserted() {
  const { endpoint, server } = await loopback(() => ({}));
  await new Promise((resolve) => server.close(resolve));
  return endpoint.port;
}

describe("the connection of a command", () => {
  it("goes to the manager of the profile in use, as its user and in its tenant", async () => {
    const { endpoint, seen } = await loopback(() => ({ json: {} }));
    const { env } = await cfyHome({ name: "p", manager_ip: endpoint.host, rest_port: endpoint.port, ...admin });
    await connect(contextOf(env).ctx, {}).manager.status();
    await connect(contextOf(env).ctx, { tenant: "t2" }).manager.status();
    expect(seen.map(({ headers }) => [headers.authorization, headers.tenant])).toEqual([
      ["Basic YWRtaW46c2VjcmV0", "t1"],
      ["Basic YWRtaW46c2VjcmV0", "t2"],
    ]);
  });

  it("goes on with another manager of the cluster, says so, and remembers it for the next command", async () => {
    const { endpoint, seen } = await loopback(() => ({ json: {} }));
    const node = (hostname: string, host_ip: string, rest_port: number): ClusterNode => ({
      hostname,
      host_ip,
      host_type: "manager",
      rest_port,
    });
    const profile: Partial<Profile> = {
      ...admin,
      manager_ip: "localhost",
      cluster: { manager: [node("m1", "localhost", await deserted()), node("m2", "127.0.0.1", endpoint.port)] },
    };
    const { env, profiles } = await cfyHome({ name: "c", ...profile });
    const { ctx, said } = contextOf(env);
    await connect(ctx, {}).manager.status();
    expect(seen).toHaveLength(1);
    expect(said).toEqual([expect.stringContaining(`going on with http://127.0.0.1:${endpoint.port}`)]);
    const saved = await profiles.get("c");
    expect([saved.manager_ip, saved.cluster.manager?.[0]?.hostname]).toEqual(["127.0.0.1", "m2"]);
  });

  it("of many requests at once goes on with another manager for all of them, and says so once", async () => {
    const { endpoint, seen } = await loopback(() => ({ json: {} }));
    const node = (host_ip: string, rest_port: number): ClusterNode => ({
      hostname: host_ip,
      host_ip,
      host_type: "manager",
      rest_port,
    });
    const manager = [node("localhost", await deserted()), node("127.0.0.1", endpoint.port)];
    const { env, profiles } = await cfyHome({ name: "c", ...admin, manager_ip: "localhost", cluster: { manager } });
    const { ctx, said } = contextOf(env);
    const client = connect(ctx, {});
    await Promise.all(Array.from({ length: 20 }, () => client.manager.status()));
    expect([seen.length, said.length]).toEqual([20, 1]);
    expect((await profiles.get("c")).manager_ip).toBe("127.0.0.1");
  });

  it.each([
    ["the profile is read-only", { read_only: true }, {}, "profile p is read-only"],
    ["CFY_READ_ONLY=1", {}, { CFY_READ_ONLY: "1" }, "CFY_READ_ONLY is set"],
    ["CFY_READ_ONLY=0 though the profile is read-only", { read_only: true }, { CFY_READ_ONLY: "0" }, undefined],
    ["CFY_READ_ONLY= (empty)", { read_only: true }, { CFY_READ_ONLY: "" }, "profile p is read-only"],
  ])("changes nothing when it must not: %s", async (_what, field, variables, because) => {
    const { endpoint, seen } = await loopback(() => ({ json: {} }));
    const profile = { name: "p", manager_ip: endpoint.host, rest_port: endpoint.port, ...admin, ...field };
    const { env } = await cfyHome(profile);
    const change = connect(contextOf({ ...env, ...variables }).ctx, {}).maintenance.activate();
    if (because === undefined) await change;
    else await expect(change).rejects.toMatchObject({ name: "ReadOnlyError", because });
    expect(seen).toHaveLength(because === undefined ? 1 : 0);
  });

  it("fails in the words of the profile when there are no credentials", async () => {
    const { env } = await cfyHome({ name: "p", manager_ip: "127.0.0.1" });
    await expect(connect(contextOf(env).ctx, {}).manager.status()).rejects.toMatchObject({
      code: "no_credentials",
      exit: 4,
    });
  });

  it("is told with -vvv, a passphrase left out", async () => {
    const { endpoint } = await loopback(() => ({ json: [] }));
    const { env } = await cfyHome({ name: "p", manager_ip: endpoint.host, rest_port: endpoint.port, ...admin });
    const { ctx, said } = contextOf(env, 3);
    await connect(ctx, {}).secrets.export({ _passphrase: "hush", _all_tenants: true });
    expect(said).toEqual([
      expect.stringMatching(/^GET \/api\/v3\.1\/secrets\/share\/export\?_passphrase=\*\*\*&_all_tenants=True: 200/),
    ]);
  });

  it("is told with -vvv when it fails, too, and how long that took", async () => {
    const port = await deserted();
    const { env } = await cfyHome({ name: "p", manager_ip: "127.0.0.1", rest_port: port, ...admin });
    const { ctx, said } = contextOf(env, 3);
    await expect(connect(ctx, {}).maintenance.activate()).rejects.toMatchObject({ kind: "refused" });
    expect(said).toEqual([
      `POST /api/v3.1/maintenance/activate: http://127.0.0.1:${port} refuses the connection after 0 ms`,
    ]);
  });

  it.each([
    ["a single manager", {}, 1],
    [
      "a cluster",
      { cluster: { manager: [{ hostname: "m1", host_ip: "127.0.0.1", host_type: "manager" as const }] } },
      0,
    ],
  ])("to one manager, asked for by --manager, of %s", async (_what, more, warnings) => {
    const { endpoint, seen } = await loopback(() => ({ json: {} }));
    const profile = { name: "p", manager_ip: "nowhere.invalid", rest_port: endpoint.port, ...admin, ...more };
    const { env } = await cfyHome(profile);
    const { ctx, said } = contextOf(env);
    await connect({ ...ctx, manager: "127.0.0.1" }, {}).manager.status();
    expect([seen.length, said.length]).toEqual([1, warnings]);
  });
});
