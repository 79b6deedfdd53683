import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { median, row } from "./figures.ts";

const RUNS = 15;
const CFY = resolve("bin/cfy.js");
const LIST = [CFY, "executions", "list"];

/** What node is given, and the most that it may take in times of `node -e 0`. */
const LINES: [name: string, words: string[], aim?: number][] = [
  ["node -e 0", ["-e", "0"]],
  ["cfy --version", [CFY, "--version"], 1.1],
  ["cfy --help", [CFY, "--help"]],
  ["completion of a subcommand", [CFY, "__complete", "bash", "executions", "st"], 1.3],
  ["cfy executions list, 20 rows", [...LIST, "--pagination-size", "20"], 2.5],
  ["cfy executions list, 1000 rows", [...LIST, "--pagination-size", "1000"], 4],
  ["the same as JSON", [...LIST, "--pagination-size", "1000", "--json"]],
];

/** Runs the program and prints the most memory it had, in KiB. */
const PEAK = `
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)`;

/** Times of whole processes as ratios to an empty one of the same moment, so that a busy machine changes them little. */
export async function measureStartUp(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "cfy-bench-"));
  const server = spawn(process.execPath, ["test/bench/execution-list-server.mjs"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [port] = await once(createInterface({ input: server.stdout }), "line");
    const { PATH } = process.env;
    const env = { PATH, HOME: home, CFY_WORKDIR: home };
    const profile = ["profiles", "use", "127.0.0.1", "--rest-port", port, "--profile-name", "bench"];
    run([CFY, ...profile, "-u", "admin", "-p", "admin", "-t", "default_tenant"], env);
    measure(env);
  } finally {
    server.kill();
    rmSync(home, { recursive: true, force: true });
  }
}

function measure(env: NodeJS.ProcessEnv): void {
  const times = LINES.map(() => [] as number[]);
  for (let round = 0; round <= RUNS; round++) {
    for (const [index, [, words]] of LINES.entries()) {
      const began = performance.now();
      run(words, of(words, env));
      // The first round only warms the file cache.
      if (round > 0) times[index]?.push(performance.now() - began);
    }
  }
  const [empty = Number.NaN] = times.map(median);
  row("", "median", "ratio", "aim", "peak memory");
  for (const [index, [name, words, aim]] of LINES.entries()) {
    const time = median(times[index] ?? []);
    const peak = Number(
      spawnSync("python3", ["-c", PEAK, process.execPath, ...words], { env: of(words, env), encoding: "utf8" }).stdout,
    );
    const cells = [
      `${time.toFixed(0)} ms`,
      (time / empty).toFixed(2),
      aim ? `<= ${aim}` : "",
      `${Math.round(peak / 1024)} MB`,
    ];
    row(name, ...cells);
  }
}

/** Only lists have somebody to ask: with a manager's profile, --version tells that manager's, too. */
const of = (words: string[], env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  CFY_PROFILE: words.includes("list") ? "bench" : "local",
});

function run(words: string[], env: NodeJS.ProcessEnv): void {
  const { status, stderr } = spawnSync(process.execPath, words, { env, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${words.join(" ")} ended with ${status}: ${stderr}`);
}
