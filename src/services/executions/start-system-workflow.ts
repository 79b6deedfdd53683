import type { Execution, JsonObject } from "../../api/resources.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import type { Identity } from "../identity/identity.ts";
import { Refusal } from "../refusal.ts";
import { describeExecution } from "./admit.ts";
import { insertExecution } from "./insert.ts";
import { type InternalWorkflow, isBlocking } from "./internal-workflows.ts";

/**
 * Starts a workflow of the whole manager. It runs alone, so it waits for what runs, if the caller wants that; only
 * what does not mind the others runs beside them.
 * @throws existing_running_execution_error when others run and the caller does not want to wait
 */
export async function startSystemWorkflow(
  tx: UnitOfWork,
  who: Identity,
  workflowId: InternalWorkflow,
  parameters: JsonObject,
  { queue }: { queue: boolean },
): Promise<Execution> {
  const status = await admission(tx, { mayRunBeside: !isBlocking(workflowId) && !queue, queue });
  return insertExecution(tx, who, { workflowId, status, parameters });
}

async function admission(
  tx: UnitOfWork,
  { mayRunBeside, queue }: { mayRunBeside: boolean; queue: boolean },
): Promise<"pending" | "queued"> {
  if (mayRunBeside) return "pending";
  const [running] = await tx.executions.allActive();
  if (!running) return "pending";
  if (queue) return "queued";
  throw new Refusal(
    "existing_running_execution_error",
    `Cannot start execution because there are other executions running e.g.: ${describeExecution(running)}`,
  );
}
