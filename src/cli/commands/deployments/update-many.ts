import type { Deployment } from "../../../api/resources.ts";
import type { Client } from "../../../client/index.ts";
import type { UpdateDeployment } from "../../../client/resources/deployment-changes.ts";
import type { BulkValues } from "../../bulk/options.ts";
import { type Bulk, runBulk } from "../../bulk/run-bulk.ts";
import type { Targets } from "../../bulk/targets.ts";
import type { Context } from "../../context.ts";
import type { ExitCode } from "../../exit-code.ts";
import { awaitEnd } from "../../follow/index.ts";
import { DEPLOYMENT_BULK, type Selection, selectedDeployments } from "./selection.ts";
import { startUpdate } from "./update-deployment.ts";

interface Wanted extends Selection, BulkValues {
  change: UpdateDeployment;
  /** Seconds for each; 0: no limit. */
  timeout: number;
  detach: boolean;
}

/** Updates deployments one by one, a few at a time; their events are not shown, what came of each is. */
export function updateMany(
  ctx: Context,
  client: Client,
  targets: Targets,
  { change, timeout, detach, yes, dryRun, concurrency, ...selection }: Wanted,
): Promise<ExitCode> {
  const bulk: Bulk<Deployment> = {
    ...DEPLOYMENT_BULK,
    verb: "update",
    done: "updated",
    async act({ id }) {
      const { execution_id } = await startUpdate(ctx, client, id, change);
      if (detach) return "being updated";
      await awaitEnd(ctx, client, await client.executions.get(execution_id ?? ""), { timeout });
      return undefined;
    },
  };
  const find = () => selectedDeployments(ctx, client, selection);
  return runBulk(ctx, bulk, targets, { find, yes, dryRun, concurrency });
}
