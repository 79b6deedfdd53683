import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Result } from "../../../src/cli/doctor/check.ts";
import type { Profile } from "../../../src/cli/profiles/profile.ts";
import type { Endpoint } from "../../../src/client/index.ts";
import { type Clock, systemClock } from "../../../src/lib/clock.ts";
import { serverHome } from "../../../src/lib/server-home.ts";
import { run } from "../../../src/main.ts";
import { expired, selfSigned } from "../../helpers/certificate.ts";
import { split, world } from "../../helpers/cfy.ts";
import { temporaryDirectory } from "../../helpers/directory.ts";
import { fastClock } from "../../helpers/fast-clock.ts";
import { type Answer, answering, listening, loopback, type Seen } from "../../helpers/loopback.ts";
import { cfyHome } from "../../helpers/profiles.ts";

const PATH = process.env["PATH"];
const SECRET = "the-secret-password";
const admin = { manager_username: "admin", manager_password: SECRET };
const list = { items: [], metadata: { pagination: { total: 0, size: 1, offset: 0 } } };

/** A manager in good health, as far as the doctor asks. */
function healthy({ path, headers }: Seen, now = Date.now()): Answer {
  const date = { Date: new Date(now).toUTCString() };
  if (!headers.authorization)
    return { status: 401, headers: date, json: { message: "who?", error_code: "unauthorized_error" } };
  if (path.endsWith("/status"))
    return { headers: date, json: { status: "OK", services: { REST: { status: "Active" } } } };
  if (path.endsWith("/version")) return { json: { version: "7.0.2", edition: "premium" } };
  return { json: list };
}

interface Options {
  env?: Record<string, string>;
  clock?: Clock;
  words?: string;
}

async function examine(
  profile: Partial<Profile> | undefined,
  { env = {}, clock = systemClock, words = "" }: Options = {},
) {
  const home = await cfyHome(profile && { name: "prod", ...profile });
  const { world: around, written } = world({ env: { PATH, ...home.env, ...env }, clock });
  const code = await run(split(`doctor --json ${words}`), around.io, around.env, around.clock, around.signal);
  const { stdout, stderr } = written();
  const results = JSON.parse(stdout) as Result[];
  return { code, stdout, stderr, results, of: (id: string) => results.find((result) => result.id === id) };
}

const at = ({ host, port, protocol }: Endpoint): Partial<Profile> => ({
  manager_ip: host,
  rest_port: port,
  rest_protocol: protocol,
  ...admin,
});

async function securedBy({ key, cert }: { key: Buffer; cert: Buffer }): Promise<Endpoint> {
  return listening(
    createTlsServer(
      { key, cert },
      answering([], (seen) => healthy(seen)),
    ),
    "https",
  );
}

describe("the doctor of a manager's profile", () => {
  it("says that commands may only read, and why", async () => {
    const { endpoint } = await loopback((seen) => healthy(seen));
    const { of } = await examine({ ...at(endpoint), read_only: true }, {});
    expect(of("profile")?.detail).toContain("; commands may only read: profile prod is read-only");
  });

  it("finds nothing wrong with a healthy manager, and says where every value comes from", async () => {
    const { endpoint } = await loopback((seen) => healthy(seen));
    const { code, results, of, stderr } = await examine(at(endpoint), {
      env: { CLOUDIFY_TENANT: "team", CFY_PROFILE: "prod" },
    });
    expect(results.filter(({ status }) => status !== "ok")).toEqual([]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(of("profile")?.detail).toContain("prod (CFY_PROFILE)");
    expect(of("address")?.detail).toBe(`http://127.0.0.1:${endpoint.port} (the profile)`);
    expect(of("credentials")?.detail).toBe("user admin (the profile), password (the profile)");
    expect(of("tenant")?.detail).toBe("team (CLOUDIFY_TENANT)");
    expect(of("server-version")?.detail).toBe("7.0.2, premium edition");
    expect(of("tcp")).toMatchObject({
      target: `127.0.0.1:${endpoint.port}`,
      detail: expect.stringMatching(/^connected in \d+ ms$/),
    });
  });

  it.each([
    ["a closed port", "127.0.0.1", "tcp", /refuses the connection/],
    ["an unknown name", "no-such-host.invalid", "dns", /no-such-host/],
  ])("stops at %s, says what to do, and leaves out what comes after", async (_what, host, failing, detail) => {
    const { endpoint, server } = await loopback(() => ({}));
    await new Promise((resolve) => server.close(resolve));
    const { code, of } = await examine({ ...at(endpoint), manager_ip: host });
    expect(code).toBe(1);
    expect(of(failing)).toMatchObject({
      status: "fail",
      detail: expect.stringMatching(detail),
      fix: expect.stringContaining("profiles show-current"),
    });
    expect(of("http")).toMatchObject({ status: "skip", detail: expect.stringContaining("not tried: ") });
    expect(of("authentication")).toMatchObject({ status: "skip" });
  });

  it("does not wait for ever for a server that says nothing", async () => {
    const server = createTcpServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const silent = { protocol: "http", host: "127.0.0.1", port } as const;
    const { code, of } = await examine(at(silent), { clock: fastClock(), words: "--timeout 60" });
    expect([code, of("tcp")?.status, of("http")?.detail]).toEqual([1, "ok", "no result within 60 s"]);
  });

  it("knows another program by what it answers", async () => {
    const { endpoint } = await loopback(() => ({ status: 404, text: "<h1>It works</h1>" }));
    const { of } = await examine(at(endpoint));
    expect(of("http")).toMatchObject({ status: "fail", fix: expect.stringContaining("another program") });
  });

  it("tells wrong credentials from a wrong tenant", async () => {
    const wrong = await loopback(() => ({
      status: 401,
      json: { message: "User unauthorized", error_code: "unauthorized_error" },
    }));
    const unknown = await examine(at(wrong.endpoint));
    expect([unknown.of("http")?.status, unknown.of("authentication")?.status, unknown.of("tenant")?.status]).toEqual([
      "ok",
      "fail",
      "skip",
    ]);

    const message = "Authorization failed: Tried to authenticate with invalid tenant name: t9";
    const closed = await loopback(() => ({ status: 403, json: { message, error_code: "forbidden_error" } }));
    const { code, of } = await examine(at(closed.endpoint), { words: "-t t9" });
    expect([code, of("authentication")?.status, of("tenant")?.status]).toEqual([1, "ok", "fail"]);
    expect(of("tenant")).toMatchObject({
      detail: expect.stringContaining("t9 (--tenant-name)"),
      fix: expect.stringContaining("cfy tenants list"),
    });
  });

  it("warns of a clock that goes wrong and of a release that it is not made for", async () => {
    const { endpoint } = await loopback((seen) =>
      seen.path.endsWith("/version") && seen.headers.authorization
        ? { json: { version: "4.6", edition: "premium" } }
        : healthy(seen, Date.now() - 600_000),
    );
    const { code, of } = await examine(at(endpoint));
    expect([code, of("clock")?.status, of("server-version")?.status]).toEqual([0, "warn", "warn"]);
    expect(of("clock")?.detail).toMatch(/^the server's clock is (599|6\d\d) s behind this one$/);
  });

  it("warns only of a dead host while another one of the cluster answers, and leaves the profile as it is", async () => {
    const { endpoint } = await loopback((seen) => healthy(seen));
    const dead = await loopback(() => ({}));
    await new Promise((resolve) => dead.server.close(resolve));
    const node = (host_ip: string, rest_port: number) => ({
      hostname: host_ip,
      host_ip,
      rest_port,
      host_type: "manager" as const,
    });
    const manager = [node("localhost", dead.endpoint.port), node("127.0.0.1", endpoint.port)];
    const { code, results, of } = await examine({ ...admin, manager_ip: "localhost", cluster: { manager } });
    expect(results.filter(({ status }) => status === "warn").map(({ id, target }) => [id, target])).toEqual([
      ["tcp", `localhost:${dead.endpoint.port}`],
    ]);
    expect([code, of("authentication")?.status, of("address")?.detail]).toEqual([
      0,
      "ok",
      expect.stringContaining("cluster of 2"),
    ]);
  });

  it("names the proxy, why it is used, and not its password", async () => {
    const { endpoint } = await loopback((seen) => healthy(seen));
    const proxied = await examine(at(endpoint), {
      env: { HTTP_PROXY: `http://me:${SECRET}@127.0.0.1:${endpoint.port}` },
    });
    expect(proxied.of("proxy")?.detail).toBe(`127.0.0.1:${endpoint.port} (HTTP_PROXY)`);
    expect(proxied.of("tcp")).toBeUndefined();
    expect(proxied.stdout).not.toContain(SECRET);
    const exempt = await examine(at(endpoint), {
      env: { HTTP_PROXY: "http://nowhere.invalid", NO_PROXY: "127.0.0.1" },
    });
    expect([exempt.code, exempt.of("proxy")?.detail]).toEqual([0, "none: NO_PROXY exempts this host from HTTP_PROXY"]);
  });

  it("says that a proxy does not answer, and how to go past it", async () => {
    const { endpoint } = await loopback((seen) => healthy(seen));
    const { of } = await examine(at(endpoint), { env: { HTTP_PROXY: "http://127.0.0.1:1" } });
    expect(of("proxy")).toMatchObject({
      status: "fail",
      detail: "the proxy does not answer: 127.0.0.1:1 refuses the connection",
      fix: expect.stringContaining("NO_PROXY"),
    });
    expect(of("http")?.status).toBe("skip");
  });

  it("names what is wrong with credentials, and goes on with what needs none", async () => {
    const { endpoint } = await loopback((seen) => healthy(seen));
    const { code, of } = await examine({ ...at(endpoint), manager_password: null });
    expect([code, of("credentials")?.status, of("http")?.status, of("authentication")?.status]).toEqual([
      1,
      "fail",
      "ok",
      "skip",
    ]);
  });

  it("says which profile cannot be used", async () => {
    const { code, of } = await examine(undefined, { env: { CFY_PROFILE: "gone" } });
    expect([code, of("profile")?.detail, of("tenant")?.status]).toEqual([1, "There is no profile gone", "skip"]);
  });

  it("never shows a secret", async () => {
    const { endpoint } = await loopback((seen) => healthy(seen));
    const token = await examine(at(endpoint), { env: { CLOUDIFY_TOKEN: SECRET } });
    expect(token.stdout + token.stderr).not.toContain(SECRET);
    expect(token.of("credentials")?.detail).toBe("a token (CLOUDIFY_TOKEN)");
  });
});

describe("the doctor of TLS", () => {
  it("says who signed the certificate and how long it lasts, and warns when that is not long", async () => {
    const made = selfSigned(temporaryDirectory());
    const endpoint = await securedBy(made);
    const { code, of } = await examine({ ...at(endpoint), rest_certificate: made.certFile });
    expect(of("tls")).toMatchObject({
      status: "warn",
      detail: expect.stringMatching(
        /^TLSv1\.3, certificate for 127.0.0.1, localhost, signed by cfy-test, ends [-\d]{10} \(1 day left\)$/,
      ),
    });
    expect([code, of("authorities")?.detail, of("authentication")?.status]).toEqual([
      0,
      `those in ${made.certFile} (the profile)`,
      "ok",
    ]);
  });

  it("names an authority that is not trusted, and how to trust it", async () => {
    const { code, of } = await examine(at(await securedBy(selfSigned(temporaryDirectory()))));
    expect([code, of("tls")]).toEqual([
      1,
      expect.objectContaining({
        status: "fail",
        detail: expect.stringContaining("signed by itself"),
        fix: expect.stringContaining("--rest-certificate FILE"),
      }),
    ]);
    expect(of("http")?.status).toBe("skip");
  });

  it("names the hosts that the certificate is for", async () => {
    const made = selfSigned(temporaryDirectory(), "DNS:elsewhere.example");
    const { of } = await examine({ ...at(await securedBy(made)), rest_certificate: made.certFile });
    expect(of("tls")).toMatchObject({
      status: "fail",
      detail: expect.stringMatching(/for other names.*elsewhere\.example/),
    });
  });

  it("says since when a certificate has expired", async () => {
    const made = expired(temporaryDirectory());
    const { of } = await examine({ ...at(await securedBy(made)), rest_certificate: made.certFile });
    expect(of("tls")).toMatchObject({ status: "fail", detail: expect.stringMatching(/has expired.*\(1 day ago\)/) });
  });

  it("warns where every certificate is believed", async () => {
    const endpoint = await securedBy(selfSigned(temporaryDirectory()));
    const { code, of } = await examine(at(endpoint), { env: { CLOUDIFY_SSL_TRUST_ALL: "1" } });
    expect([code, of("tls")?.status, of("authorities")?.status, of("authentication")?.status]).toEqual([
      0,
      "warn",
      "warn",
      "ok",
    ]);
  });

  it("looks at the certificate through a proxy, and says when that refuses", async () => {
    const made = selfSigned(temporaryDirectory());
    const endpoint = await securedBy(made);
    const proxyThat = async (lets: boolean) => {
      const server = createServer();
      server.on("connect", (_request, socket) => {
        if (!lets) return socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
        const onward = connect(endpoint.port, endpoint.host, () => {
          socket.write("HTTP/1.1 200 OK\r\n\r\n");
          onward.pipe(socket).pipe(onward);
        });
        onward.on("error", () => socket.destroy());
        socket.on("error", () => onward.destroy());
      });
      const { port } = await listening(server);
      const profile = { ...at(endpoint), rest_certificate: made.certFile };
      return examine(profile, { env: { HTTPS_PROXY: `http://127.0.0.1:${port}` } });
    };
    const through = await proxyThat(true);
    expect([through.code, through.of("tls")?.detail]).toEqual([0, expect.stringContaining("signed by cfy-test")]);
    expect((await proxyThat(false)).of("tls")).toMatchObject({
      status: "fail",
      detail: expect.stringContaining("refuses to connect"),
      fix: expect.stringContaining("NO_PROXY"),
    });
  });

  it("says so when there is no TLS at that port", async () => {
    const { endpoint } = await loopback((seen) => healthy(seen));
    const { of } = await examine(at({ ...endpoint, protocol: "https" }));
    expect(of("tls")).toMatchObject({ status: "fail", fix: expect.stringContaining("--ssl off") });
  });
});

describe("the doctor of the server of this machine", () => {
  it("starts none by itself, and leaves out what one would be asked", async () => {
    const { code, of } = await examine(undefined);
    expect([code, of("server")?.detail, of("tenant")?.status]).toEqual([
      0,
      expect.stringContaining("not running"),
      "skip",
    ]);
    expect(of("profile")?.detail).toContain("local (the default)");
    expect(of("python3")).toMatchObject({ status: "ok", detail: expect.stringMatching(/^Python 3\./) });
  });

  it("says what to do about a missing python3", async () => {
    const { code, of } = await examine(undefined, { env: { PATH: temporaryDirectory() } });
    expect([code, of("python3")]).toEqual([
      1,
      expect.objectContaining({ status: "fail", fix: expect.stringContaining("Install Python 3.6") }),
    ]);
  });

  it("asks one that runs", async () => {
    const { env, directory } = await cfyHome();
    const home = serverHome(join(directory, ".cloudify"));
    mkdirSync(home.directory, { recursive: true, mode: 0o700 });
    const server = createServer(answering([], (seen) => healthy({ ...seen, headers: { authorization: "the owner" } })));
    await new Promise<void>((resolve) => server.listen(home.socket, resolve));
    onTestFinished(() => void server.close());
    writeFileSync(home.pidFile, "4711\n");
    const { code, of } = await examine(undefined, { env });
    expect([code, of("server")?.detail]).toEqual([0, expect.stringContaining("process 4711 since")]);
    expect([of("services")?.detail, of("tenant")?.status, of("leftovers")?.detail]).toEqual(["1 active", "ok", "none"]);
  });

  it("tells what a dead server left, and which files others can read", async () => {
    const { env, directory, profiles } = await cfyHome({ name: "prod", ...admin });
    await profiles.use("local");
    const root = join(directory, ".cloudify");
    const home = serverHome(root);
    mkdirSync(home.directory, { recursive: true });
    writeFileSync(home.pidFile, "999999999\n");
    chmodSync(root, 0o755);
    chmodSync(join(root, "profiles/prod/context.json"), 0o644);
    const { code, of } = await examine(undefined, { env });
    expect([code, of("leftovers")?.status, of("permissions")?.status]).toEqual([0, "warn", "warn"]);
    expect(of("leftovers")?.detail).toContain(home.pidFile);
    expect(of("permissions")).toMatchObject({
      detail: expect.stringContaining("context.json"),
      fix: `chmod -R go-rwx ${root}`,
    });
  });
});

it("tells that nothing can be written where cfy keeps what it has", async () => {
  const file = join(temporaryDirectory(), "file");
  writeFileSync(file, "");
  const { code, of } = await examine(undefined, { env: { CFY_WORKDIR: file } });
  expect([code, of("permissions")?.status]).toEqual([1, "fail"]);
  expect(of("permissions")?.detail).toBe(`nothing can be written to ${file}`);
});

it("on a narrow terminal details stand beneath the name of their check", async () => {
  const { env } = await cfyHome();
  const { world: around, written } = world({
    env: { ...env, PATH: temporaryDirectory() },
    tty: 40,
    clock: systemClock,
  });
  await run(["doctor"], around.io, around.env, around.clock, around.signal);
  expect(written().stdout).toMatch(/\nfail {2}python3\n {6}there is no python3 on the PATH\n {8}Install Python/);
});

it("for people there is one line per check, its mark in words, and what to do beneath", async () => {
  const { env } = await cfyHome();
  const { world: around, written } = world({
    env: { ...env, PATH: temporaryDirectory() },
    tty: 70,
    clock: systemClock,
  });
  expect(await run(["doctor"], around.io, around.env, around.clock, around.signal)).toBe(1);
  const { stdout, stderr } = written();
  expect(stdout).toMatch(/^ok {4}cfy {13}0\./);
  expect(stdout).toMatch(/\nfail {2}python3 {9}there is no python3 on the PATH\n {24}Install Python/);
  expect(stdout).toMatch(/\nskip {2}tenant {10}not tried/);
  expect(
    Math.max(
      ...stdout
        .split("\n")
        .filter((line) => !line.includes("/"))
        .map(({ length }) => length),
    ),
  ).toBeLessThanOrEqual(70);
  expect(stderr).toBe("Error: 1 of 10 checks failed: python3\n");
});
