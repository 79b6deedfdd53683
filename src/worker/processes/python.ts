import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where the interpreter really is: a version switcher's `python3` is a shell script that costs more than Python itself. */
const QUESTION = "import sys; print(sys.executable); print('%d.%d' % sys.version_info[:2])";
const OLDEST = [3, 6] as const;

/** Operations and workflows in Python cannot run here; the message says what to do. */
export class PythonMissing extends Error {
  override name = "PythonMissing";
}

/** Finds the `python3` of the PATH, once per worker. @throws PythonMissing */
export async function findPython(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const output = await run("python3", ["-c", QUESTION], { env, timeout: 20_000 }).then(
    ({ stdout }) => stdout,
    (cause) => {
      throw new PythonMissing(
        `python3 is needed to run Python operations and workflows, and the worker cannot start it (${reason(cause)}). Install Python 3.6 or newer and see that python3 is on the PATH of the server`,
        { cause },
      );
    },
  );
  const [executable = "", version = ""] = output.trim().split("\n");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    throw new PythonMissing(`${executable} is Python ${version}; operations and workflows need Python 3.6 or newer`);
  return executable;
}

const reason = (error: { code?: unknown; message?: string }): string =>
  error.code === "ENOENT" ? "not found" : (String(error.message ?? error.code).split("\n")[0] ?? "failed");

interface PythonPaths {
  framework: string;
  importPaths: string[];
  commands: string;
  env: NodeJS.ProcessEnv;
  temporary: string;
}

/** The environment of a Python child: our framework first, then the user's own code. */
export function pythonEnvironment({
  framework,
  importPaths,
  commands,
  env,
  temporary,
}: PythonPaths): NodeJS.ProcessEnv {
  const inherited = env["PYTHONPATH"] ? [env["PYTHONPATH"]] : [];
  return {
    ...env,
    TMPDIR: env["TMPDIR"] ?? temporary,
    CLOUDIFY_DISPATCH: "true",
    PYTHONPATH: [framework, ...importPaths, ...inherited].join(":"),
    PYTHONDONTWRITEBYTECODE: "1",
    PATH: `${env["PATH"] ?? ""}:${commands}`,
  };
}
