import type { TaskOutcome } from "../../workflow/happening.ts";
import type { OperationHost, OperationJob } from "./job.ts";
import { nonRecoverable, recoverable } from "./outcome.ts";
import { processOptions } from "./process-options.ts";
import { PYTHON_CANNOT_READ_IT, runPythonOperation } from "./python-operation.ts";
import type { OperationRuntime } from "./runtime.ts";
import { fetchScript } from "./script-file.ts";
import { runShellScript } from "./shell-script.ts";

/** The function that blueprints name for a script operation. */
const SCRIPT_FUNCTION = "script_runner.tasks.run";

/** Whether the operation is a script, and no function of a plugin. */
export const isScript = ({ functionPath }: Pick<OperationJob, "functionPath">): boolean =>
  functionPath === SCRIPT_FUNCTION;

/** Inputs of the plugin itself: neither the script's environment nor its parameters hold them. */
const OWN_INPUTS = ["script_path", "script_source", "process", "ssl_cert_content"];

/** Runs a script of the blueprint, inline or from a URL, with whatever interpreter it wants. */
export async function runScript(
  job: OperationJob,
  host: OperationHost,
  runtime: OperationRuntime,
): Promise<TaskOutcome> {
  const prepared = await prepare(job, host, runtime).catch((error: Error) => error);
  if (prepared instanceof Error) return missing(prepared);
  const { options, script, inputs } = prepared;
  const language = options.evalPython === true ? "python" : options.evalPython === false ? "shell" : script.language;
  if (language !== "shell" && options.commandPrefix === null) {
    const call = { kind: "script", path: script.path, undecided: language === "ask" } as const;
    const outcome = await runPythonOperation({ ...job, inputs }, call, host, runtime);
    if (outcome !== PYTHON_CANNOT_READ_IT) return outcome;
    const path = await runtime.scripts.ofFile(script.path, "script.sh");
    return runShellScript({ ...job, inputs }, { path, options }, host, runtime);
  }
  return runShellScript({ ...job, inputs }, { path: script.path, options }, host, runtime);
}

async function prepare(job: OperationJob, host: OperationHost, runtime: OperationRuntime) {
  const options = processOptions(job.inputs["process"]);
  const source = { path: job.inputs["script_path"], source: job.inputs["script_source"] };
  const script = await fetchScript(source, host, runtime.scripts);
  const prefix = script.path.endsWith(".ps1") ? (options.commandPrefix ?? "powershell") : options.commandPrefix;
  const inputs = Object.fromEntries(Object.entries(job.inputs).filter(([name]) => !OWN_INPUTS.includes(name)));
  return { options: { ...options, commandPrefix: prefix }, script, inputs };
}

/** What is not there now may be there at the next attempt, a wrong input stays wrong. */
const missing = (error: Error): TaskOutcome =>
  error.name === "ResourceNotFound"
    ? recoverable(error.message, { type: "HttpException", causes: cause("HttpException", error) })
    : nonRecoverable(error.message, { causes: cause("NonRecoverableError", error) });

const cause = (type: string, { message }: Error) => [
  { type, message, traceback: `cloudify.exceptions.${type}: ${message}` },
];
