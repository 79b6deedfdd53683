import type { DeploymentUpdate } from "../../api/deployment-changes.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { badParameters, found } from "../refusal.ts";
import type { UpdateDetails } from "./details.ts";
import { updateView } from "./view.ts";

const STATES = ["updating", "executing_workflow", "finalizing", "successful", "failed", "preview"];

/** What a workflow of the caller's own reports about an update. @throws bad_parameters_error, not_found_error */
export async function reportUpdate(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  report: JsonObject,
): Promise<DeploymentUpdate> {
  authorize(who, "deployment_update_update");
  const row = found(await tx.deploymentUpdates.get(who.tenant, id), "DeploymentUpdate", id);
  const { state, plan, nodes, node_instances } = report;
  if (state !== undefined && !STATES.includes(String(state))) {
    throw badParameters(`Invalid state of a deployment update: ${String(state)}. Known are: ${STATES.join(", ")}`);
  }
  const details: UpdateDetails = {
    ...(plan ? { deployment_plan: plan as JsonObject } : {}),
    ...(nodes ? { deployment_update_nodes: nodes as never } : {}),
    ...(node_instances ? { deployment_update_node_instances: node_instances as never } : {}),
  };
  await tx.deploymentUpdates.update(row.tenant_name, id, {
    ...(state === undefined ? {} : { state: String(state) }),
    details: { ...row.details, ...(details as unknown as JsonObject) },
  });
  await recordChange(tx, who, "deployment_updates", id, "update");
  return updateView(found(await tx.deploymentUpdates.get(row.tenant_name, id), "DeploymentUpdate", id));
}
