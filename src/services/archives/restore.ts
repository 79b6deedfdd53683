import type { Execution } from "../../api/resources.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import { startSystemWorkflow } from "../executions/start-system-workflow.ts";
import type { Identity } from "../identity/identity.ts";
import { authorize } from "../identity/identity.ts";
import { badParameters, Refusal } from "../refusal.ts";
import { completeArchive } from "./archives.ts";
import { SNAPSHOTS } from "./kinds.ts";

/**
 * Starts the workflow that puts a snapshot in the place of everything there is.
 * @throws snapshot_action_error when it is not complete, or there is something to lose and that is not forced
 * @throws existing_running_execution_error
 */
export async function restoreSnapshot(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  { force, certificates }: { force: boolean; certificates: boolean },
): Promise<Execution> {
  authorize(who, "snapshot_restore");
  await completeArchive(tx, who, SNAPSHOTS, id);
  if (certificates) throw badParameters("This server has no certificates that could be restored");
  const present = force ? [] : await whatIsThere(tx);
  if (present.length > 0) {
    throw new Refusal(
      "snapshot_action_error",
      `The server has ${present.join(", ")} already, and a snapshot takes the place of everything. Restore it with --force to lose them`,
    );
  }
  return startSystemWorkflow(tx, who, "restore_snapshot", { [SNAPSHOTS.parameter]: id, force }, { queue: false });
}

async function whatIsThere(tx: UnitOfWork): Promise<string[]> {
  const request = { scope: { tenants: "all", privateOf: "everyone" }, size: 0 } as const;
  const counts = {
    blueprint: (await tx.blueprints.list(request)).total,
    deployment: (await tx.deployments.list(request)).total,
    plugin: (await tx.plugins.list(request)).total,
    secret: (await tx.secrets.list(request)).total,
  };
  return Object.entries(counts).flatMap(([name, count]) =>
    count > 0 ? [`${count} ${name}${count > 1 ? "s" : ""}`] : [],
  );
}
