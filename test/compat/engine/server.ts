import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Rest } from "./rest.ts";

const CFY = resolve("bin/cfy.js");
const START_LIMIT = 50_000;

/** The built server in a home of its own, as a user's first command would start it. */
export class Server {
  readonly home = mkdtempSync(join(tmpdir(), "cfy-engine-"));
  readonly rest: Rest;
  private process: ChildProcess | undefined;

  constructor() {
    this.rest = new Rest(join(this.home, ".cloudify/server/server.sock"));
  }

  async start(): Promise<void> {
    this.process = spawn(process.execPath, [CFY, "server", "run", "--embedded"], {
      env: { ...process.env, CFY_WORKDIR: this.home },
      stdio: "ignore",
    });
    const deadline = Date.now() + START_LIMIT;
    for (;;) {
      try {
        await this.rest.need(this.rest.get("version"));
        return;
      } catch (error) {
        if (Date.now() > deadline) throw new Error(`the server did not answer: ${error}\n${this.log()}`);
        await new Promise((next) => setTimeout(next, 50));
      }
    }
  }

  log(): string {
    try {
      return readFileSync(join(this.home, ".cloudify/server/server.log"), "utf8").slice(-2000);
    } catch {
      return "";
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((next) => this.process?.once("exit", next));
    this.process?.kill("SIGTERM");
    await ended;
    rmSync(this.home, { recursive: true, force: true });
  }
}
