import { chmodSync, copyFileSync, mkdtempSync, rmdirSync, unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
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
  // Short calls of the system, which cost less than being handed to other threads.
  const directory = mkdtempSync(join(temporary, "s-"));
  if (hasSource) return inlineScript(String(source), directory);
  const file = join(directory, nameOf(String(path)));
  await download(String(path), file, host);
  chmodSync(file, 0o755);
  host.log("info", `Downloaded ${path} to ${file}`);
  return { path: file, language: file.endsWith(".py") ? "python" : "shell" };
}

/** Removes the copy; what the script has put beside itself stays. */
export function removeScript({ path }: ScriptFile): void {
  try {
    unlinkSync(path);
    rmdirSync(dirname(path));
  } catch {
    // The script has moved or removed itself, or left something there.
  }
}

function inlineScript(source: string, directory: string): ScriptFile {
  const [first = ""] = source.split("\n", 1);
  const language = !first.startsWith("#!") ? "ask" : first.includes("python") ? "python" : "shell";
  const path = join(directory, language === "shell" ? "script.sh" : "script.py");
  writeFileSync(path, source);
  chmodSync(path, 0o755);
  return { path, language };
}

async function download(path: string, file: string, host: ScriptHost): Promise<void> {
  if (path.startsWith("file://")) return copyFileSync(fileURLToPath(path), file);
  if (!/^https?:\/\//.test(path)) return copyFileSync(await host.findResource(path), file);
  const response = await fetch(path, { signal: AbortSignal.timeout(DOWNLOAD_MILLISECONDS) });
  if (!response.ok) throw new Error(`cannot download ${path}: ${response.status} ${response.statusText}`);
  writeFileSync(file, Buffer.from(await response.arrayBuffer()));
}

const nameOf = (path: string): string => basename(/^https?:/.test(path) ? new URL(path).pathname : path) || "script";
