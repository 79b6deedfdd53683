import type { Json, JsonObject } from "../../api/resources.ts";
import { pythonJson } from "../../lib/python-json.ts";

/** The `process` input of a script operation. */
export interface ProcessOptions {
  env: Record<string, string>;
  cwd: string | null;
  args: string[];
  commandPrefix: string | null;
  /** null: decided by the script's suffix. */
  evalPython: boolean | null;
  logStdout: boolean;
  logStderr: boolean;
  stderrToStdout: boolean;
  /** Whether the script gets a `ctx` to talk to. */
  context: boolean;
}

const PROXY_TYPES = ["auto", "unix", "tcp", "http", "none"];

/** @throws Error that names the key */
export function processOptions(value: Json | undefined): ProcessOptions {
  const given = asObject(value ?? {}, "process");
  const proxy = given["ctx_proxy_type"] ?? "auto";
  if (!PROXY_TYPES.includes(String(proxy)))
    throw new Error(`Unsupported proxy type: ${proxy} (process.ctx_proxy_type is auto, http or none)`);
  const args = given["args"] ?? [];
  if (!Array.isArray(args)) throw new Error("process.args must be a list");
  return {
    env: Object.fromEntries(
      Object.entries(asObject(given["env"] ?? {}, "process.env")).map(([name, item]) => [name, environmentText(item)]),
    ),
    cwd: textOrNull(given["cwd"], "process.cwd"),
    args: args.map(environmentText),
    commandPrefix: textOrNull(given["command_prefix"], "process.command_prefix"),
    evalPython:
      given["eval_python"] === undefined || given["eval_python"] === null ? null : isTrue(given["eval_python"]),
    logStdout: isTrue(given["log_stdout"] ?? true),
    logStderr: isTrue(given["log_stderr"] ?? true),
    stderrToStdout: isTrue(given["stderr_to_stdout"] ?? false),
    context: proxy !== "none",
  };
}

/** An input as the environment of a script holds it: structures and booleans as JSON, null as Python's `None`. */
export function environmentText(value: Json): string {
  if (typeof value === "string") return value;
  if (value === null) return "None";
  return typeof value === "number" ? String(value) : pythonJson(value);
}

const isTrue = (value: Json): boolean => value === true || String(value).toLowerCase() === "true";

function asObject(value: Json, name: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`${name} must be a dictionary`);
  return value;
}

function textOrNull(value: Json | undefined, name: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw new Error(`${name} must be a text`);
  return value;
}
