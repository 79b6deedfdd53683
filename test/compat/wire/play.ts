import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { compareRequests } from "./compare.ts";
import { writeEarlierFiles } from "./earlier-files.ts";
import { exitCodesFor, followedStatus } from "./exit-code.ts";
import { RecordedManager } from "./manager.ts";
import { argvFor, writeProfile } from "./profile.ts";
import type { Recording } from "./recording.ts";
import { wildcardsOf } from "./wildcards.ts";

export type Difference =
  | { about: "request"; text: string }
  /** With the exit code that came. */
  | { about: "exit code"; text: string; code: number }
  /** What was printed. */
  | { about: "answer"; text: string };

/** A run that says nothing new for so many requests would go on for ever: the recorded one was interrupted. */
const HOPELESS_AFTER = 12;
const LONGEST_RUN_MS = 60_000;

export interface Setting {
  /** The folder that paths on command lines are relative to. */
  inputs: string;
  /** Command lines that changed the profile before, in order. */
  before: readonly Recording[];
}

/** Runs the recorded command line with the built cfy against the recorded answers, and says what came out otherwise. */
export async function play(recording: Recording, { inputs, before }: Setting): Promise<Difference[]> {
  const wildcards = wildcardsOf(recording);
  const manager = new RecordedManager(recording.exchanges, wildcards);
  const home = mkdtempSync(join(tmpdir(), "cfy-wire-"));
  try {
    const port = await manager.listen();
    writeProfile(home, recording, port);
    // What a command line writes must not stay for the next one.
    const directory = join(home, "inputs");
    cpSync(inputs, directory, { recursive: true });
    writeEarlierFiles(recording, directory);
    const place = { port, home, directory, manager };
    for (const earlier of before) await run(earlier, place);
    const { code, stderr } = await run(recording, place);
    const differences: Difference[] = compareRequests(recording.exchanges, manager.requests, wildcards).map((text) => ({
      about: "request",
      text,
    }));
    return [...differences, ...compareExitCode(recording, code, stderr)];
  } finally {
    manager.close();
    stopServer(home);
    rmSync(home, { recursive: true, force: true });
  }
}

export function compareExitCode(recording: Recording, code: number, stderr: string): Difference[] {
  const allowed = exitCodesFor(recording);
  if (allowed.includes(code)) return [];
  const said = stderr.trim().split("\n").slice(0, 3).join(" / ");
  const text = `exit code ${code} and not ${allowed.join(" or ")} (recorded: ${recording.exit_code})${said && `: ${said}`}`;
  return [{ about: "exit code", text, code }];
}

interface Place {
  port: number;
  home: string;
  /** Where it runs. */
  directory: string;
  manager: RecordedManager;
}

function run(
  recording: Recording,
  { port, home, directory, manager }: Place,
): Promise<{ code: number; stderr: string }> {
  const env = {
    PATH: process.env.PATH,
    LANG: "C.UTF-8",
    TZ: "UTC",
    HOME: home,
    CFY_WORKDIR: home,
    ...recording.env,
  };
  const child = spawn(process.execPath, [resolve("bin/cfy.js"), ...argvFor(recording, port)], {
    cwd: directory,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const killer = setTimeout(() => child.kill("SIGKILL"), LONGEST_RUN_MS);
  const interrupter = wasInterrupted(recording) ? interruptWhenHopeless(child.kill.bind(child), manager) : undefined;
  return new Promise((done) => {
    child.on("close", (code, signal) => {
      clearTimeout(killer);
      clearInterval(interrupter);
      done({ code: code ?? (signal === "SIGKILL" ? -1 : 128), stderr });
    });
  });
}

/** The recorded run left an execution that had not ended, and no time limit made it. */
const wasInterrupted = ({ exit_code, exchanges, argv }: Recording): boolean =>
  exit_code === 1 && !argv.includes("--timeout") && ["pending", "started"].includes(followedStatus(exchanges) ?? "");

function interruptWhenHopeless(kill: (signal: NodeJS.Signals) => void, manager: RecordedManager): NodeJS.Timeout {
  const interrupter = setInterval(() => {
    if (manager.stale < HOPELESS_AFTER) return;
    clearInterval(interrupter);
    kill("SIGINT");
  }, 50);
  return interrupter;
}

/** Without a profile a command line starts the server of its home, which must not outlive it. */
export function stopServer(home: string): void {
  if (!existsSync(join(home, ".cloudify", "server"))) return;
  spawnSync(process.execPath, [resolve("bin/cfy.js"), "server", "stop"], {
    env: { PATH: process.env.PATH, HOME: home, CFY_WORKDIR: home },
    timeout: 20_000,
  });
}
