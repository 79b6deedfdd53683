import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Env } from "../../context.ts";
import { type Check, type Finding, fail, ok } from "../check.ts";
import { isAtLeast } from "./software.ts";

const OLDEST = "3.6";
const QUESTION = "import sys; print(sys.executable, '%d.%d.%d' % sys.version_info[:3])";

/** Python operations and custom workflows of the embedded server need it. */
export const python = (env: Env): Check => ({
  id: "python3",
  async run(signal) {
    const run = promisify(execFile);
    return run("python3", ["-c", QUESTION], { env: { ...env }, signal }).then(({ stdout }) => judged(stdout), missing);
  },
});

function judged(answer: string): Finding {
  const [executable = "python3", version = ""] = answer.trim().split(/ (?=\S+$)/);
  const found = `Python ${version}, ${executable}`;
  return isAtLeast(version, OLDEST)
    ? ok(found)
    : fail(found, `Python operations and workflows need Python ${OLDEST} or newer`);
}

const missing = (error: NodeJS.ErrnoException): Finding =>
  fail(
    error.code === "ENOENT"
      ? "there is no python3 on the PATH"
      : `python3 cannot be started: ${error.message.split("\n")[0]}`,
    `Install Python ${OLDEST} or newer: Python operations and workflows need it on the PATH of the server`,
  );
