import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import type { LocalServer } from "../../../../src/cli/connection/local-server.ts";
import { localTransport } from "../../../../src/cli/connection/local-transport.ts";
import { clientOver } from "../../../../src/client/index.ts";
import { systemClock } from "../../../../src/lib/clock.ts";
import { serverHome } from "../../../../src/lib/server-home.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";

/** Stands for the server: says who it is, ends when asked to, notes each start. */
const PROGRAM = `
const { appendFileSync, rmSync } = require("node:fs");
const { createServer } = require("node:http");
const [socket, starts] = process.argv.slice(2);
appendFileSync(starts, process.pid + "\\n");
rmSync(socket, { force: true });
const server = createServer((request, response) => {
  response.setHeader("Content-Type", "application/json");
  response.setHeader("Connection", "close");
  const self = { pid: process.pid, workdir: process.env.CFY_WORKDIR, password: process.env.CLOUDIFY_PASSWORD };
  request.resume().once("end", () => response.end(JSON.stringify(self)));
  if (request.method === "DELETE") response.once("close", () => process.exit(0));
});
setTimeout(() => server.listen(socket), 50);
`;

function localServer(program = PROGRAM): LocalServer & { starts(): number[] } {
  const root = join(temporaryDirectory(), ".cloudify");
  const home = serverHome(root);
  const [script, starts] = [join(root, "..", "server.cjs"), join(root, "..", "starts")];
  writeFileSync(script, program);
  writeFileSync(starts, "");
  const started = () => readFileSync(starts, "utf8").split("\n").filter(Boolean).map(Number);
  onTestFinished(() => {
    for (const pid of started()) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    }
  });
  const command = [process.execPath, script, home.socket, starts] as const;
  return {
    home,
    root,
    env: { ...process.env, CLOUDIFY_PASSWORD: "secret" },
    clock: systemClock,
    command,
    starts: started,
  };
}

const clientOf = (server: LocalServer, onRestart?: () => void) => clientOver(localTransport(server, onRestart));
interface Self {
  pid: number;
  workdir?: string;
  password?: string;
}

describe("the local server", () => {
  it("is started by the first request, out of reach of this terminal's credentials", async () => {
    const server = localServer();
    const self = await clientOf(server).rest.get<Self>("status");
    expect(self).toEqual({ pid: server.starts()[0], workdir: join(server.root, "..") });
  });

  it("is started once when many commands come at the same time", async () => {
    const server = localServer();
    const pids = await Promise.all(
      Array.from({ length: 8 }, async () => (await clientOf(server).rest.get<Self>("status")).pid),
    );
    expect(new Set(pids).size).toBe(1);
    expect(server.starts()).toHaveLength(1);
  });

  it("is started again when it has died, even for a request that changes something, which is told", async () => {
    const server = localServer();
    let restarts = 0;
    const client = clientOf(server, () => void restarts++);
    const first = await client.rest.delete<Self>("self");
    await gone(first.pid);
    const second = await client.rest.post<Self>("executions", { json: {} });
    expect(server.starts()).toEqual([first.pid, second.pid]);
    expect(restarts).toBe(1);
  });

  it("is not asked a second time for what it may have done before it died", async () => {
    const dying = PROGRAM.replace(
      "response.setHeader",
      "if (request.method === 'POST') process.exit(1);\n  response.setHeader",
    );
    const server = localServer(dying);
    const client = clientOf(server);
    await client.rest.get("status");
    await expect(client.rest.post("executions", { json: {} })).rejects.toMatchObject({ kind: "reset", sent: true });
    expect(server.starts()).toHaveLength(1);
  });

  it("is started before something is sent that can be read only once", async () => {
    const server = localServer();
    const content = Readable.from(["once"]);
    const body = { replayable: false, open: () => content };
    expect(await clientOf(server).rest.post<Self>("plugins", { body })).toMatchObject({ pid: server.starts()[0] });
  });

  it("need not be the one that was started: that one ends well when it finds another", async () => {
    const another = `
if (process.argv.length === 4) {
  const { spawn } = require("node:child_process");
  spawn(process.execPath, [...process.argv.slice(1), "another"], { detached: true, stdio: "ignore" }).unref();
  process.exit(0);
}
`;
    const server = localServer(another + PROGRAM);
    expect((await clientOf(server).rest.get<Self>("status")).pid).toBe(server.starts()[0]);
  });

  it("is started in spite of a socket file and a lock that a dead one left", async () => {
    const server = localServer();
    mkdirSync(server.home.directory, { recursive: true });
    writeFileSync(server.home.socket, "");
    writeFileSync(server.home.startLock, "999999999");
    expect((await clientOf(server).rest.get<Self>("status")).pid).toBe(server.starts()[0]);
  });

  it("shows what it wrote last when it does not come up", async () => {
    const server = localServer("console.error('the disk is full'); process.exit(7);");
    await expect(clientOf(server).rest.get("status")).rejects.toMatchObject({
      code: "local_server_failed",
      exit: 69,
      message: expect.stringContaining("exit code 7"),
      hint: expect.arrayContaining(["the disk is full"]),
    });
  });

  it("that cannot even be started says why", async () => {
    const server: LocalServer = { ...localServer(), command: ["/nowhere/node", "server"] };
    await expect(clientOf(server).rest.get("status")).rejects.toMatchObject({
      code: "local_server_failed",
      message: expect.stringContaining("/nowhere/node ENOENT"),
    });
  });

  it("is not waited for longer than patience lasts", async () => {
    const server = {
      ...localServer(
        "setTimeout(() => {}, 20_000); require('node:fs').appendFileSync(process.argv[3], process.pid + '\\n')",
      ),
      patience: 200,
    };
    await expect(clientOf(server).rest.get("status")).rejects.toMatchObject({
      message: expect.stringContaining("within 0.2 s"),
    });
  });
});

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await systemClock.sleep(5);
  }
}
