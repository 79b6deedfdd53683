import type { Deployment } from "../../../api/resources.ts";
import type { Client } from "../../../client/index.ts";
import type { DeleteExecutions } from "../../../client/resources/executions.ts";
import type { BulkValues } from "../../bulk/options.ts";
import { type Bulk, bulkColumns, runBulk } from "../../bulk/run-bulk.ts";
import type { Context } from "../../context.ts";
import { usageError } from "../../errors.ts";
import type { ExitCode } from "../../exit-code.ts";
import { DEPLOYMENT_BULK, type Selection, selectedDeployments, selectsDeployments } from "../deployments/selection.ts";

/** A deployment, and how many of its executions were deleted. */
interface Cleaned extends Deployment {
  deleted: number;
}

export const DELETION_COLUMNS = bulkColumns<Cleaned>([{ key: "blueprint_id", priority: 1 }, { key: "deleted" }]);

interface Wanted extends Selection, BulkValues {
  deploymentIds: readonly string[];
  workflowId: string | undefined;
}

/** Deletes the ended executions of each selected deployment, with one request for each. */
export function deleteByDeployment(
  ctx: Context,
  client: Client,
  which: DeleteExecutions,
  { deploymentIds, workflowId, yes, dryRun, concurrency, ...selection }: Wanted,
): Promise<ExitCode> {
  const selects = selectsDeployments(selection);
  if (!selects && deploymentIds.length === 0) {
    throw usageError("Of which deployments?", { hint: "Give -d, a filter, rules about labels, or --all." });
  }
  const find = async (): Promise<{ id: string }[]> => {
    if (!selects) return [...new Set(deploymentIds)].map((id) => ({ id }));
    const found = await selectedDeployments(ctx, client, selection);
    return found.filter(({ id }) => deploymentIds.length === 0 || deploymentIds.includes(id));
  };
  const bulk: Bulk<Cleaned> = {
    noun: DEPLOYMENT_BULK.noun,
    verb: "delete the ended executions of",
    done: "cleaned up",
    columns: DELETION_COLUMNS,
    async act(deployment, now) {
      const query = { deployment_id: deployment.id, workflow_id: workflowId };
      now({ ...deployment, deleted: await client.executions.deleteMany(which, query) });
      return undefined;
    },
  };
  return runBulk(ctx, bulk, { kind: "selected" }, { find, yes, dryRun, concurrency });
}
