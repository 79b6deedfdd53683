import type { TaskOutcome } from "../../workflow/happening.ts";
import type { OperationHost, OperationJob } from "./job.ts";
import { runPythonOperation } from "./python-operation.ts";
import type { OperationRuntime } from "./runtime.ts";
import { isScript, runScript } from "./script.ts";

/** Runs one attempt of an operation to its outcome. Never throws for what user code does. */
export function runOperation(job: OperationJob, host: OperationHost, runtime: OperationRuntime): Promise<TaskOutcome> {
  if (isScript(job)) return runScript(job, host, runtime);
  return runPythonOperation(job, { kind: "function", path: job.functionPath }, host, runtime);
}
