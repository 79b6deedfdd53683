import { once } from "node:events";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { isAlive } from "../../src/lib/process-alive.ts";
import { openConnection } from "../../src/storage/sqlite.ts";
import { ask } from "../helpers/ask.ts";
import { FreshHome, type Running } from "./fresh-home.ts";

const ANSWERS = "answers on";
const PATH = "/api/v3.1/version";

/** A home whose servers and workers are gone when the test ends. */
function aHome(): FreshHome {
  const home = new FreshHome();
  onTestFinished(() => {
    const log = existsSync(home.server("server.log")) ? readFileSync(home.server("server.log"), "utf8") : "";
    for (const [, pid] of log.matchAll(/(?:server|worker) (\d+) (?:answers|started)/g)) kill(Number(pid));
    rmSync(home.path, { recursive: true, force: true, maxRetries: 5 });
  });
  return home;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

async function aServer(home: FreshHome, words = "", env: Record<string, string> = {}): Promise<Running> {
  const server = home.start(`server run ${words}`, { env });
  await server.until(ANSWERS, "stderr");
  return server;
}

const socketOf = (home: FreshHome) => ({ socketPath: home.server("server.sock") });
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("a home has one server", () => {
  it("however many are started at the same moment", async () => {
    const home = aHome();
    const servers = Array.from({ length: 4 }, () => home.start("server run --embedded"));
    const winner = await Promise.any(servers.map((server) => server.until(ANSWERS, "stderr").then(() => server)));
    const losers = await Promise.all(servers.filter((server) => server !== winner).map(({ ended }) => ended));
    expect(losers.map(({ code, stdout, stderr }) => ({ code, stdout, stderr }))).toEqual(
      losers.map(() => ({ code: 0, stdout: "", stderr: "" })),
    );
    expect(home.serverPid()).toBe(winner.process.pid);
    expect((await ask(socketOf(home), PATH)).headers["x-request-id"]).toBeDefined();
  });

  it("and who starts another in the foreground is told which", async () => {
    const home = aHome();
    await aServer(home);
    const { code, stderr } = await home.cfy("server run");
    expect(code).toBe(6);
    expect(stderr).toContain(`process ${home.serverPid()}`);
  });
});

describe("a server that cannot begin", () => {
  it("ends, and the command that started it says why", async () => {
    const home = aHome();
    await home.cfy("status");
    await home.cfy("server stop");
    const database = openConnection(home.server("cfy.db"));
    database.pragma("user_version = 99");
    database.close();
    const { code, stderr } = await home.cfy("status");
    expect(code).toBe(69);
    expect(stderr).toContain("it ended with exit code 1");
    expect(stderr).toContain("the database has schema 99, this release knows up to");
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("ends when another program has its address", async () => {
    const home = aHome();
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await home.cfy(`server run --listen 127.0.0.1:${port}`);
    expect(code).toBe(1);
    expect(stderr).toContain("EADDRINUSE");
    expect(existsSync(home.server("server.pid"))).toBe(false);
  });
});

describe("a server that was killed", () => {
  it("leaves nothing that keeps the next one from starting", async () => {
    const home = aHome();
    const first = await aServer(home);
    first.process.kill("SIGKILL");
    await first.ended;
    expect(existsSync(home.server("server.sock"))).toBe(true);
    const second = await aServer(home);
    expect(home.serverPid()).toBe(second.process.pid);
    expect((await ask(socketOf(home), PATH)).headers["x-request-id"]).toBeDefined();
  });
});

describe("a server that is asked to end", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("by %s ends well and leaves neither socket nor pid file", async (signal) => {
    const home = aHome();
    const server = await aServer(home);
    server.process.kill(signal);
    expect((await server.ended).code).toBe(0);
    expect(existsSync(home.server("server.sock"))).toBe(false);
    expect(home.serverPid()).toBeUndefined();
  });
});

describe("an embedded server", () => {
  it("stops by itself when nobody has asked for anything for a while", async () => {
    const home = aHome();
    const server = await aServer(home, "--embedded", { CFY_SERVER_IDLE_SECONDS: "1" });
    expect((await server.ended).code).toBe(0);
    expect(existsSync(home.server("server.sock"))).toBe(false);
  });
});

describe("the worker of a server", () => {
  const STARTED = /worker (\d+) started/g;
  const pids = ({ stderr }: Running) => [...stderr.matchAll(STARTED)].map(([, pid]) => Number(pid));
  /** The number of the nth worker, when that is ready to work. */
  const ready = async (home: FreshHome, server: Running, nth = 1): Promise<number> => {
    await home.holds("worker.log", new RegExp(`(?:is ready[^]*){${nth}}`));
    await server.until(new RegExp(`(?:${STARTED.source}[^]*){${nth}}`), "stderr");
    return pids(server)[nth - 1] ?? 0;
  };

  it("is replaced when it is killed", async () => {
    const home = aHome();
    const server = await aServer(home);
    const first = await ready(home, server);
    process.kill(first, "SIGKILL");
    const second = await ready(home, server, 2);
    expect(second).not.toBe(first);
    expect(isAlive(second)).toBe(true);
  });

  it("survives a server that is killed, and works for the next one", async () => {
    const home = aHome();
    const first = await aServer(home);
    const pid = await ready(home, first);
    first.process.kill("SIGKILL");
    await first.ended;
    const second = await aServer(home);
    await second.until(`worker ${pid} of an earlier server goes on`, "stderr");
    expect(pids(second)).toEqual([]);
  });

  it("ends with a server that is asked to end when it has nothing to do", async () => {
    const home = aHome();
    const server = await aServer(home);
    const pid = await ready(home, server);
    server.process.kill("SIGTERM");
    await server.ended;
    expect(isAlive(pid)).toBe(false);
  });
});

describe("what a server keeps", () => {
  it("can be read by its owner only", async () => {
    const home = aHome();
    await aServer(home);
    expect(mode(home.server())).toBe("700");
    for (const file of ["cfy.db", "server.sock", "bus.sock", "server.pid", "server.lock", "server.log"]) {
      expect([file, mode(home.server(file))]).toEqual([file, "600"]);
    }
  });

  it("works below a path too long for a socket", async () => {
    const home = aHome();
    const deep = `${home.path}/${"d".repeat(120)}`;
    const server = home.start("server run", { env: { CFY_WORKDIR: deep } });
    await server.until(ANSWERS, "stderr");
    const [, socketPath = ""] = /answers on (\S+)/.exec(server.stderr) ?? [];
    onTestFinished(() => rmSync(socketPath.replace(/\/[^/]*$/, ""), { recursive: true, force: true }));
    expect((await ask({ socketPath }, PATH)).headers["x-request-id"]).toBeDefined();
    server.process.kill("SIGTERM");
    expect((await server.ended).code).toBe(0);
  });
});

describe("a server that listens on the network", () => {
  it("answers there too", async () => {
    const home = aHome();
    const server = await aServer(home, "--listen 127.0.0.1:0");
    const [, port] = /127\.0\.0\.1:(\d+)/.exec(server.stderr) ?? [];
    expect((await ask({ port: Number(port) }, PATH)).headers["x-request-id"]).toBeDefined();
  });

  it("refuses an address that is none before anything starts", async () => {
    const home = aHome();
    const { code, stderr } = await home.cfy("server run --listen 8080");
    expect(code).toBe(2);
    expect(stderr).toContain("HOST:PORT");
    expect(existsSync(home.server())).toBe(false);
  });
});

describe("the doctor of a fresh machine", () => {
  type Found = { id: string; status: string }[];
  const statusOf = (found: Found, id: string) => found.find((check) => check.id === id)?.status;

  it("leaves the server alone unless it is told to start it", async () => {
    const home = aHome();
    const looked = await home.json<Found>("doctor");
    expect([statusOf(looked, "python3"), statusOf(looked, "tenant"), existsSync(home.server())]).toEqual([
      "ok",
      "skip",
      false,
    ]);
    const started = await home.json<Found>("doctor --start");
    expect(started.filter(({ status }) => status !== "ok")).toEqual([]);
    expect(statusOf(started, "services")).toBe("ok");
  });
});
