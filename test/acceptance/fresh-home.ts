import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Endpoint } from "../../src/client/index.ts";

export const CFY = resolve("bin/cfy.js");

export interface Ran {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  cwd?: string;
  stdin?: string;
}

/** A user's machine on the first day: an empty home, in which the built `cfy` runs as a child process. */
export class FreshHome {
  readonly path = mkdtempSync(join(tmpdir(), "cfy-home-"));

  /** Runs `cfy` to its end. Arguments are a list, or one text split at blanks. */
  async cfy(args: string | string[], options: RunOptions = {}): Promise<Ran> {
    const child = this.start(args, options);
    child.process.stdin?.end(options.stdin ?? "");
    return child.ended;
  }

  /** Starts `cfy` and leaves it running, for signals and for looking at its output on the way. */
  start(args: string | string[], options: RunOptions = {}): Running {
    const list = typeof args === "string" ? args.split(" ").filter(Boolean) : args;
    const child = spawn(process.execPath, [CFY, ...list], {
      cwd: options.cwd,
      env: this.environment(options.env),
      stdio: ["pipe", "pipe", "pipe"],
    });
    return new Running(child);
  }

  /** What `cfy … --json` answers; rejects with its error when it fails. */
  async json<T>(args: string | string[], options: RunOptions = {}): Promise<T> {
    const list = typeof args === "string" ? args.split(" ").filter(Boolean) : args;
    const { code, stdout, stderr } = await this.cfy([...list, "--json"], options);
    if (code !== 0) throw new Error(`${list.join(" ")} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
    const { PATH, LANG, TMPDIR } = process.env;
    return { PATH, LANG, TMPDIR, HOME: this.path, CFY_WORKDIR: this.path, ...extra };
  }

  /** A file below the embedded server's folder. */
  server(...parts: string[]): string {
    return join(this.path, ".cloudify/server", ...parts);
  }

  /** Resolves when a file below the server's folder, which is there, holds the text. */
  holds(name: string, text: RegExp): Promise<void> {
    const path = this.server(name);
    return new Promise((resolve) => {
      const look = () => {
        if (!existsSync(path) || !text.test(readFileSync(path, "utf8"))) return;
        watcher.close();
        resolve();
      };
      const watcher = watch(this.server(), look);
      look();
    });
  }

  /** From now on commands here talk to the manager at this address. */
  useManager({ host, port, protocol }: Endpoint): void {
    const folder = join(this.path, ".cloudify/profiles/fake");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const profile = { name: "fake", manager_ip: host, rest_port: port, rest_protocol: protocol };
    const identity = { manager_username: "admin", manager_password: "admin", manager_tenant: "default_tenant" };
    writeFileSync(join(folder, "context.json"), JSON.stringify({ ...profile, ...identity }));
    writeFileSync(join(this.path, ".cloudify/active.profile"), "fake");
  }

  serverPid(): number | undefined {
    const file = this.server("server.pid");
    return existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : undefined;
  }

  /** Stops the server that commands started here, and removes the home. */
  async remove(): Promise<void> {
    await this.cfy("server stop");
    rmSync(this.path, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** A `cfy` that is running: its output so far, and its end. */
export class Running {
  stdout = "";
  stderr = "";
  readonly ended: Promise<Ran>;
  private readonly watchers = new Set<() => void>();

  constructor(readonly process: ChildProcess) {
    this.ended = new Promise((done) => {
      process.stdout?.setEncoding("utf8").on("data", (text: string) => this.take("stdout", text));
      process.stderr?.setEncoding("utf8").on("data", (text: string) => this.take("stderr", text));
      process.on("close", (code, signal) => {
        done({ code, signal, stdout: this.stdout, stderr: this.stderr });
        for (const watcher of this.watchers) watcher();
      });
    });
  }

  /** Resolves when the output holds the text; rejects when the process ends without it. */
  until(text: string | RegExp, stream: "stdout" | "stderr" = "stdout"): Promise<void> {
    return new Promise((found, lost) => {
      const look = () => {
        const held = typeof text === "string" ? this[stream].includes(text) : text.test(this[stream]);
        if (held) found();
        else if (this.process.exitCode === null && this.process.signalCode === null) return;
        else lost(new Error(`ended without ${text}\nstdout: ${this.stdout}\nstderr: ${this.stderr}`));
        this.watchers.delete(look);
      };
      this.watchers.add(look);
      look();
    });
  }

  private take(stream: "stdout" | "stderr", text: string): void {
    this[stream] += text;
    for (const watcher of this.watchers) watcher();
  }
}
