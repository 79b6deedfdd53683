import type { DeploymentGroup } from "../../api/groups.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { Visibility } from "../../api/statuses.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { visibleBlueprint } from "../blueprints/list.ts";
import { type Deletion, deleteDeployment } from "../deployments/change.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import type { LabelPair } from "../labels/parse-labels.ts";
import { deploymentGroup } from "./list.ts";
import { createMembers, type MemberSelection, type NewMember, selectedDeployments } from "./members.ts";
import { deploymentGroupView } from "./view.ts";

export interface DeploymentGroupRequest {
  description?: string;
  visibility: Visibility;
  blueprintId?: string;
  defaultInputs?: JsonObject;
  /** Replaces those that the group has. */
  labels?: readonly LabelPair[];
  members: MemberSelection;
  newMembers: readonly NewMember[];
}

/** Makes a group, or changes the one that is there; members are only ever added. */
export async function putDeploymentGroup(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  request: DeploymentGroupRequest,
): Promise<DeploymentGroup> {
  authorize(who, "deployment_group_create");
  if (request.blueprintId) await visibleBlueprint(tx, who, request.blueprintId);
  const existing = await tx.deploymentGroups.get(who.tenant, id, ["id"]);
  const change = {
    ...(request.description === undefined ? {} : { description: request.description }),
    ...(request.blueprintId === undefined ? {} : { default_blueprint_id: request.blueprintId }),
    ...(request.defaultInputs === undefined ? {} : { default_inputs: request.defaultInputs }),
  };
  if (existing) await tx.deploymentGroups.update(who.tenant, id, change);
  else {
    await tx.deploymentGroups.insert({
      id,
      tenant_name: who.tenant,
      visibility: request.visibility,
      created_by: who.username,
      created_at: tx.now(),
      ...change,
    });
  }
  if (request.labels) await replaceLabels(tx, who, id, request.labels);
  await tx.deploymentGroups.addMembers(who.tenant, id, await selectedDeployments(tx, who, request.members));
  await createMembers(tx, who, await deploymentGroup(tx, who, id), request.newMembers);
  await recordChange(tx, who, "deployment_groups", id, existing ? "update" : "create");
  return deploymentGroupView(tx, await deploymentGroup(tx, who, id));
}

/** Adds members and takes members out. @throws not_found_error */
export async function changeMembers(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  { add, remove, newMembers }: { add: MemberSelection; remove: MemberSelection; newMembers: readonly NewMember[] },
): Promise<DeploymentGroup> {
  authorize(who, "deployment_group_update");
  const group = await deploymentGroup(tx, who, id);
  await tx.deploymentGroups.addMembers(who.tenant, id, await selectedDeployments(tx, who, add));
  await createMembers(tx, who, group, newMembers);
  await tx.deploymentGroups.removeMembers(who.tenant, id, await selectedDeployments(tx, who, remove));
  await recordChange(tx, who, "deployment_groups", id, "update");
  return deploymentGroupView(tx, await deploymentGroup(tx, who, id));
}

/** With `deployments` the members are deleted too, each by an execution of its own. */
export async function deleteDeploymentGroup(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  { deployments }: { deployments: Deletion | undefined },
): Promise<void> {
  authorize(who, "deployment_group_delete");
  await deploymentGroup(tx, who, id);
  if (deployments) {
    for (const member of await tx.deploymentGroups.members(who.tenant, id)) {
      await deleteDeployment(tx, who, member, deployments);
    }
  }
  await tx.deploymentGroups.remove(who.tenant, id);
  await recordChange(tx, who, "deployment_groups", id, "delete");
}

async function replaceLabels(tx: UnitOfWork, who: Identity, id: string, labels: readonly LabelPair[]): Promise<void> {
  const now = tx.now();
  await tx.deploymentGroupLabels.replace(
    who.tenant,
    id,
    labels.map((label) => ({ ...label, created_by: who.username, created_at: now })),
  );
}
