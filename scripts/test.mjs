// `npm test`: builds, checks, runs every suite, and ends with one line that counts them all.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const results = mkdtempSync(join(tmpdir(), "cfy-test-"));
const report = join(results, "vitest.json");

let passed = 0;
let failed = 0;

step("build", ["npm", "run", "-s", "build"]);
step("check", ["npm", "run", "-s", "check"]);
countTests(
  run([
    "npx",
    "vitest",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ]),
);
nameUncheckedPrograms();
rmSync(results, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function run([command, ...args]) {
  return spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] }).status ?? 1;
}

function step(name, command) {
  process.stdout.write(`\n> ${name}\n`);
  if (run(command) === 0) passed += 1;
  else failed += 1;
}

function countTests(status) {
  let counts;
  try {
    counts = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    failed += 1;
    return;
  }
  passed += counts.numPassedTests;
  failed += counts.numFailedTests;
  // A suite that broke before its first test, or an error outside any test, is a failure too.
  if (status !== 0 && counts.numFailedTests === 0) failed += 1;
}

/** Tests of a shell or another program need it; without it they are left out, and this says so. */
function nameUncheckedPrograms() {
  for (const [program, packageName] of [
    ["bash", "bash"],
    ["zsh", "zsh"],
    ["fish", "fish"],
    ["tmux", "tmux"],
    ["python3", "python3"],
    ["openssl", "openssl"],
    ["less", "less"],
    ["groff", "groff"],
  ]) {
    const found = spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
    if (!found) process.stdout.write(`not checked: what needs ${program} (Debian: apt-get install ${packageName})\n`);
  }
}
