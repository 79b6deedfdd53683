import type { Deployment, Execution, JsonObject } from "../../api/resources.ts";
import { isLive } from "../../api/statuses.ts";
import type { DeploymentRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { insertExecution } from "../executions/insert.ts";
import { validateDisplayName } from "../identifiers.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { parseLabels } from "../labels/parse-labels.ts";
import { badParameters, found, Refusal } from "../refusal.ts";
import { newOwner } from "../users/new-owner.ts";
import { widened } from "../visibility.ts";
import { dependentsOf, numbered } from "./dependents.ts";
import { replaceDeploymentLabels } from "./labels.ts";
import { visibleDeployment } from "./list.ts";
import { viewOfDeployment } from "./view.ts";

/** Labels are replaced as a whole. @throws illegal_action_error when there is nothing to change */
export async function changeDeployment(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  change: JsonObject,
): Promise<Deployment> {
  authorize(who, "deployment_update");
  const { tenant_name } = await visibleDeployment(tx, who, id);
  if (!["labels", "display_name", "creator"].some((key) => key in change)) {
    throw new Refusal("illegal_action_error", "Nothing to change: send `labels`, `display_name` or `creator`");
  }
  const updated_at = tx.now();
  if ("creator" in change) {
    await tx.deployments.update(tenant_name, id, { created_by: await newOwner(tx, who, change["creator"]) });
  }
  if ("display_name" in change) {
    await tx.deployments.update(tenant_name, id, {
      display_name: validateDisplayName("display_name", change["display_name"]),
    });
  }
  if ("labels" in change) {
    await replaceDeploymentLabels(tx, { tenant_name, id }, parseLabels(change["labels"]), who.username);
  }
  await tx.deployments.update(tenant_name, id, { updated_at });
  return changed(tx, who, id);
}

export async function setDeploymentVisibility(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  to: unknown,
): Promise<Deployment> {
  authorize(who, "deployment_set_visibility");
  const deployment = await visibleDeployment(tx, who, id);
  const visibility = widened("Deployment", id, deployment.visibility, to);
  if (visibility === "global") authorize(who, "resource_set_global");
  await tx.deployments.update(deployment.tenant_name, id, { visibility });
  // Whoever sees a deployment sees what it consists of. What was done to it in private stays private.
  for (const parts of [tx.nodes, tx.nodeInstances]) await parts.updateAll(deployment.tenant_name, id, { visibility });
  return changed(tx, who, id);
}

export async function setDeploymentSite(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  { site, detach }: { site?: string; detach: boolean },
): Promise<Deployment> {
  authorize(who, "deployment_set_site");
  const { tenant_name } = await visibleDeployment(tx, who, id);
  if ((site === undefined) !== detach) throw badParameters("Send exactly one of `site_name` and `detach_site`=true");
  if (site !== undefined) found(await tx.sites.get(who.tenant, site, ["name"]), "Site", site);
  await tx.deployments.update(tenant_name, id, { site_name: site ?? null });
  return changed(tx, who, id);
}

export interface Deletion {
  force: boolean;
  deleteLogs: boolean;
  recursive: boolean;
}

/**
 * Starts the execution that takes a deployment away; the deployment is there until it ends. One that is held waits for
 * room in its group.
 * @throws dependent_exists_error while executions, live node instances or other deployments need it
 */
export async function deleteDeployment(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  { force, deleteLogs, recursive }: Deletion,
  { isHeld = false } = {},
): Promise<Execution> {
  authorize(who, "deployment_delete");
  const deployment = await visibleDeployment(tx, who, id);
  await refuseWhileUsed(tx, deployment, { force, recursive });
  await recordChange(tx, who, "deployments", id, "delete");
  return insertExecution(tx, who, {
    workflowId: "delete_deployment_environment",
    status: isHeld ? "queued" : "pending",
    deployment,
    visibility: deployment.visibility,
    parameters: { delete_logs: deleteLogs, force, recursive },
  });
}

async function refuseWhileUsed(
  tx: UnitOfWork,
  deployment: DeploymentRow,
  { force, recursive }: Pick<Deletion, "force" | "recursive">,
): Promise<void> {
  const { tenant_name, id } = deployment;
  const refuse = (why: string) => new Refusal("dependent_exists_error", `Can't delete deployment ${id} - ${why}`);
  const running = [...(await tx.executions.active(tenant_name, id)), ...(await tx.executions.queued(tenant_name, id))];
  if (running.length > 0) {
    const ids = running.map((execution) => execution.id).join(",");
    throw refuse(`There are running or queued executions for this deployment. Running executions ids: ${ids}`);
  }
  if (force) return;
  const dependents = await dependentsOf(tx, deployment, { children: recursive ? "none" : "all" });
  if (dependents.length > 0) {
    throw refuse(`the following existing installations depend on it:\n${numbered(dependents)}`);
  }
  const instances = await tx.nodeInstances.ofDeployment(tenant_name, id);
  const live = instances.filter(({ state }) => isLive(state));
  if (live.length > 0) {
    throw refuse(
      `There are live nodes for this deployment. Live nodes ids: ${live.map((instance) => instance.id).join(",")}`,
    );
  }
}

async function changed(tx: UnitOfWork, who: Identity, id: string): Promise<Deployment> {
  await recordChange(tx, who, "deployments", id, "update");
  return viewOfDeployment(tx, await visibleDeployment(tx, who, id));
}
