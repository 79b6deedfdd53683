import type { Deployment } from "../../../api/resources.ts";
import type { Client } from "../../../client/index.ts";
import type { StartExecution } from "../../../client/resources/executions.ts";
import type { BulkValues } from "../../bulk/options.ts";
import { type Bulk, bulkColumns, runBulk } from "../../bulk/run-bulk.ts";
import type { Context } from "../../context.ts";
import type { ExitCode } from "../../exit-code.ts";
import { awaitEnd } from "../../follow/index.ts";
import { DEPLOYMENT_BULK, type Selection, selectedDeployments } from "../deployments/selection.ts";
import { startExecution } from "./start-execution.ts";

/** A deployment, and the execution that was started on it. */
interface Started extends Deployment {
  execution_id: string;
}

export const START_COLUMNS = bulkColumns<Started>([{ key: "execution_id" }]);

interface Wanted extends Selection, Omit<BulkValues, "dryRun"> {
  request: Omit<StartExecution, "deployment_id">;
  /** Seconds for each; 0: no limit. */
  timeout: number;
  detach: boolean;
}

/** Runs a workflow on each of the selected deployments, a few at a time; what came of each is shown, not its events. */
export function startMany(
  ctx: Context,
  client: Client,
  { request, timeout, detach, yes, concurrency, ...selection }: Wanted,
): Promise<ExitCode> {
  const bulk: Bulk<Started> = {
    ...DEPLOYMENT_BULK,
    verb: `run ${request.workflow_id} on`,
    done: detach ? "started" : "completed",
    columns: START_COLUMNS,
    shownBy: "`cfy deployments list` with the same options",
    async act(deployment, now) {
      const execution = await startExecution(ctx, client, { ...request, deployment_id: deployment.id });
      now({ ...deployment, execution_id: execution.id });
      if (detach) return execution.status;
      await awaitEnd(ctx, client, execution, { timeout });
      return undefined;
    },
  };
  const find = () => selectedDeployments(ctx, client, selection);
  return runBulk(ctx, bulk, { kind: "selected" }, { find, yes, dryRun: false, concurrency });
}
