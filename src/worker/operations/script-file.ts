import { chmod, copyFile, mkdtemp, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Json } from "../../api/resources.ts";
import type { OperationHost } from "./job.ts";

/** A script of an operation, copied to where it may be executed. */
export interface ScriptFile {
  path: string;
  /** Whether Python runs it inside the operation's own process; `ask` when only Python can tell. */
  language: "python" | "shell" | "ask";
}

type ScriptHost = Pick<OperationHost, "log" | "findResource">;

const DOWNLOAD_MILLISECONDS = 60_000;

/** Brings the script of `script_path` or `script_source` into the operation's temporary directory. @throws Error */
export async function fetchScript(
  inputs: { path: Json | undefined; source: Json | undefined },
  host: ScriptHost,
  temporary: string,
): Promise<ScriptFile> {
  const { path, source } = inputs;
  const [hasPath, hasSource] = [typeof path === "string" && path !== "", typeof source === "string" && source !== ""];
  if (hasPath === hasSource)
    throw new Error("an operation that runs a script needs script_path or script_source, and not both");
  const directory = await mkdtemp(join(temporary, "s-"));
  if (hasSource) return inlineScript(String(source), directory);
  const file = join(directory, nameOf(String(path)));
  await download(String(path), file, host);
  await chmod(file, 0o755);
  host.log("info", `Downloaded ${path} to ${file}`);
  return { path: file, language: file.endsWith(".py") ? "python" : "shell" };
}

async function inlineScript(source: string, directory: string): Promise<ScriptFile> {
  const [first = ""] = source.split("\n", 1);
  const language = !first.startsWith("#!") ? "ask" : first.includes("python") ? "python" : "shell";
  const path = join(directory, language === "shell" ? "script.sh" : "script.py");
  await writeFile(path, source, { mode: 0o755 });
  await chmod(path, 0o755);
  return { path, language };
}

async function download(path: string, file: string, host: ScriptHost): Promise<void> {
  if (path.startsWith("file://")) return copyFile(fileURLToPath(path), file);
  if (!/^https?:\/\//.test(path)) return copyFile(await host.findResource(path), file);
  const response = await fetch(path, { signal: AbortSignal.timeout(DOWNLOAD_MILLISECONDS) });
  if (!response.ok) throw new Error(`cannot download ${path}: ${response.status} ${response.statusText}`);
  await writeFile(file, Buffer.from(await response.arrayBuffer()));
}

const nameOf = (path: string): string => basename(/^https?:/.test(path) ? new URL(path).pathname : path) || "script";
