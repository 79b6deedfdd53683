import { dirname } from "node:path";
import type { TaskOutcome } from "../../workflow/happening.ts";
import type { OperationHost, OperationJob } from "../operations/job.ts";
import { nonRecoverable } from "../operations/outcome.ts";
import { followPrints } from "../operations/python-operation.ts";
import type { OperationRuntime } from "../operations/runtime.ts";
import { supervise } from "../operations/supervise.ts";
import type { ProcessGroup } from "../processes/process-group.ts";
import { DispatchDirectory, dispatchEnvironment } from "./dispatch-directory.ts";
import { outcomeOfOutput } from "./known-error.ts";
import { operationContext } from "./operation-context.ts";
import type { Access } from "./rest-access.ts";

interface Framework {
  /** A Python that has cloudify-common. */
  python: string;
  access: Access;
  /** The server's folder of files. */
  files: string;
}

/** Runs a plugin's function by the framework that its environment brings. */
export async function runByFramework(
  job: OperationJob,
  host: Pick<OperationHost, "log">,
  runtime: OperationRuntime,
  { python, access, files }: Framework,
): Promise<TaskOutcome> {
  const input = { context: operationContext(job, access), kwargs: job.inputs };
  const directory = await DispatchDirectory.make(runtime.temporary, input);
  const wait = async (group: ProcessGroup): Promise<TaskOutcome> => {
    // The framework prints what it logs, which it has told the server too.
    followPrints(group, host, "debug");
    const { code, signal } = await group.exited;
    const output = await directory.output();
    if (output !== null) return outcomeOfOutput(output);
    return nonRecoverable(
      signal === null
        ? `Unhandled exception occurred in operation dispatch (rc=${code})`
        : `Process terminated (${signal})`,
    );
  };
  const program = {
    command: python,
    args: ["-u", "-m", "cloudify.dispatch", directory.path],
    cwd: runtime.workDirectory,
    env: dispatchEnvironment({ ...runtime, programs: dirname(python), files }, directory, access),
    record: runtime.record,
  };
  try {
    return await supervise(job, () => runtime.spawner.run(program), runtime, wait);
  } finally {
    await directory.remove();
  }
}
