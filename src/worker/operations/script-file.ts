import { copyFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { Json } from "../../api/resources.ts";
import type { OperationHost } from "./job.ts";
import type { ScriptCopies } from "./script-copies.ts";

/** A script of an operation, copied to where it may be executed. */
export interface ScriptFile {
  path: string;
  /** Whether Python runs it inside the operation's own process; `ask` when only Python can tell. */
  language: "python" | "shell" | "ask";
}

type ScriptHost = Pick<OperationHost, "log" | "findResource">;

const DOWNLOAD_MILLISECONDS = 60_000;

/** The script of `script_path` or `script_source`. @throws Error */
export async function fetchScript(
  inputs: { path: Json | undefined; source: Json | undefined },
  host: ScriptHost,
  copies: ScriptCopies,
): Promise<ScriptFile> {
  const { path, source } = inputs;
  const [hasPath, hasSource] = [typeof path === "string" && path !== "", typeof source === "string" && source !== ""];
  if (hasPath === hasSource)
    throw new Error("an operation that runs a script needs script_path or script_source, and not both");
  if (hasSource) return inlineScript(String(source), copies);
  const file = await download(String(path), host, copies);
  host.log("info", `Downloaded ${path} to ${file}`);
  return { path: file, language: file.endsWith(".py") ? "python" : "shell" };
}

async function inlineScript(source: string, copies: ScriptCopies): Promise<ScriptFile> {
  const [first = ""] = source.split("\n", 1);
  const language = !first.startsWith("#!") ? "ask" : first.includes("python") ? "python" : "shell";
  return { path: await copies.ofText(source, language === "shell" ? "script.sh" : "script.py"), language };
}

async function download(path: string, host: ScriptHost, copies: ScriptCopies): Promise<string> {
  const name = nameOf(path);
  if (path.startsWith("file://")) return copies.fresh(name, (target) => copyFile(fileURLToPath(path), target));
  if (!/^https?:\/\//.test(path)) return copies.ofFile(await host.findResource(path), name);
  return copies.fresh(name, async (target) => {
    const response = await fetch(path, { signal: AbortSignal.timeout(DOWNLOAD_MILLISECONDS) });
    if (!response.ok) throw new Error(`cannot download ${path}: ${response.status} ${response.statusText}`);
    await writeFile(target, Buffer.from(await response.arrayBuffer()));
  });
}

const nameOf = (path: string): string => basename(/^https?:/.test(path) ? new URL(path).pathname : path) || "script";
