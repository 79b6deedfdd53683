import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { compareExitCode, type Difference, stopServer } from "./play.ts";
import { jsonIn, type Recording } from "./recording.ts";

/** The name under which everything was recorded that knows no manager. */
const LOCAL_PROFILE = "loc";
const LONGEST_RUN_MS = 60_000;

export const isLocal = ({ profile }: Recording): boolean => profile === LOCAL_PROFILE;

/** The command lines of the original's local mode, in order; each `init -r` begins with nothing. */
export function localSessions(recordings: readonly Recording[]): Recording[][] {
  const sessions: Recording[][] = [];
  for (const recording of recordings.filter(isLocal)) {
    const { argv } = recording;
    if (sessions.length === 0 || (argv[1] === "init" && argv.includes("-r"))) sessions.push([]);
    sessions.at(-1)?.push(recording);
  }
  return sessions;
}

/** Runs a session in an empty home, and says for each command line what came out otherwise. */
export function playLocally(session: readonly Recording[], inputs: string): Map<Recording, Difference[]> {
  const home = mkdtempSync(join(tmpdir(), "cfy-local-"));
  try {
    const directory = join(home, "inputs");
    cpSync(inputs, directory, { recursive: true });
    return new Map(session.map((recording) => [recording, playOne(recording, home, directory)]));
  } finally {
    stopServer(home);
    rmSync(home, { recursive: true, force: true });
  }
}

function playOne(recording: Recording, home: string, cwd: string): Difference[] {
  const { PATH } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("bin/cfy.js"), ...recording.argv.slice(1)], {
    cwd,
    env: { PATH, LANG: "C.UTF-8", TZ: "UTC", HOME: home, CFY_WORKDIR: home, ...recording.env },
    encoding: "utf8",
    timeout: LONGEST_RUN_MS,
  });
  const answers =
    recording.answer === undefined ? [] : differences(normal(recording.answer), normal(jsonIn(stdout)), "");
  return [
    ...compareExitCode(recording, status ?? -1, stderr),
    ...answers.map((text): Difference => ({ about: "answer", text })),
  ];
}

/** Ids that are drawn by lot are all the same, and lists of things with ids are in their order. */
function normal(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/_[a-z0-9]{6}$/, "_??????");
  if (Array.isArray(value)) {
    return value.map(normal).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, normal(each)]),
  );
}

function differences(recorded: unknown, printed: unknown, place: string): string[] {
  if (JSON.stringify(recorded) === JSON.stringify(printed)) return [];
  if (!isTree(recorded) || !isTree(printed)) {
    return [`${place || "/"}: recorded ${JSON.stringify(recorded)}, printed ${JSON.stringify(printed)}`];
  }
  const keys = new Set([...Object.keys(recorded), ...Object.keys(printed)]);
  return [...keys].flatMap((key) => differences(recorded[key], printed[key], `${place}/${key}`));
}

const isTree = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
