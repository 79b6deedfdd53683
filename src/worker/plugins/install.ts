import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageIn, unpacked } from "../../services/plugins/package.ts";
import type { PluginRow } from "../../storage/index.ts";

const run = promisify(execFile);
const INSTALL_MILLISECONDS = 30 * 60_000;
const MOST_OUTPUT = 16 * 1024 * 1024;

interface Installation {
  plugin: PluginRow;
  /** The package as it was uploaded. */
  archive: string;
  /** The virtual environment to make; whatever is there goes. */
  environment: string;
  python: string;
  env: NodeJS.ProcessEnv;
}

/**
 * Makes a virtual environment with the plugin in it, from what the archive brings; only what is missing there is asked
 * of the package registry. @throws Error saying what Python's tools said
 */
export async function installPlugin({ plugin, archive, environment, python, env }: Installation): Promise<void> {
  await rm(environment, { recursive: true, force: true });
  await tool(python, ["-m", "venv", environment], env);
  const pip = (...words: string[]) =>
    tool(join(environment, "bin/python"), ["-m", "pip", "install", "--disable-pip-version-check", "-q", ...words], env);
  const first = async (words: string[]) => {
    // Without the network first: what the archive holds is what its author tested.
    await pip("--no-index", "--no-build-isolation", ...words).catch(() => pip(...words));
  };
  await unpacked(archive, async (directory) => {
    const found = await packageIn(directory);
    if (found?.kind !== "wagon") return first([archive]);
    const [top = ""] = await readdir(directory);
    const wheels = join(directory, top, "wheels");
    await first(["--find-links", wheels, `${plugin.package_name}==${plugin.package_version}`]);
  });
}

const QUESTION = "import importlib.util as u; print(u.find_spec('cloudify') is not None)";

/** Whether cloudify-common came along with the plugin. */
export async function bringsFramework(environment: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const { stdout } = await run(join(environment, "bin/python"), ["-c", QUESTION], { env: { ...env, PYTHONPATH: "" } });
  return stdout.trim() === "True";
}

async function tool(command: string, words: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const temporary = await mkdtemp(join(env["TMPDIR"] ?? "/tmp", "cfy-pip-"));
  try {
    await run(command, words, {
      // A virtual environment of the worker's own must not lead pip astray.
      env: { ...env, TMPDIR: temporary, PYTHONPATH: "", PIP_USER: "0", PIP_NO_INPUT: "1" },
      timeout: INSTALL_MILLISECONDS,
      maxBuffer: MOST_OUTPUT,
    });
  } catch (cause) {
    const { stderr, stdout, message } = cause as Error & { stderr?: string; stdout?: string };
    const said = (stderr || stdout || message).trim().split("\n").slice(-12).join("\n");
    throw new Error(`${words.slice(1, 3).join(" ")} failed: ${said}`, { cause });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
