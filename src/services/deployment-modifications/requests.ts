import type { DeploymentModification } from "../../api/deployment-changes.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { finishModification, rollbackModification } from "./end.ts";
import { startModification } from "./start.ts";
import { modificationView } from "./view.ts";

/** Starts a modification on behalf of a caller. @throws as `startModification`; not_found_error */
export async function requestModification(
  tx: UnitOfWork,
  who: Identity,
  { deploymentId, nodes, context }: { deploymentId: string; nodes: JsonObject; context: JsonObject },
): Promise<DeploymentModification> {
  authorize(who, "deployment_modify");
  const deployment = await visibleDeployment(tx, who, deploymentId);
  const row = await startModification(tx, deployment, { nodes, context, createdBy: who.username });
  await recordChange(tx, who, "deployment_modifications", row.id, "create");
  return modificationView(row);
}

/** Ends a modification on behalf of a caller. @throws not_found_error, deployment_modification_already_ended_error */
export async function endModification(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  how: "finish" | "rollback",
): Promise<DeploymentModification> {
  authorize(who, `deployment_modification_${how}`);
  const row = await (how === "finish" ? finishModification : rollbackModification)(tx, who.tenant, id);
  await recordChange(tx, who, "deployment_modifications", id, "update");
  return modificationView(row);
}
