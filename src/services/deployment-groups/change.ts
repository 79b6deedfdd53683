import { randomUUID } from "node:crypto";
import type { DeploymentGroup } from "../../api/groups.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { Visibility } from "../../api/statuses.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { visibleBlueprint } from "../blueprints/list.ts";
import { type Deletion, deleteDeployment } from "../deployments/change.ts";
import { insertGroup } from "../execution-groups/start.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import type { LabelPair } from "../labels/parse-labels.ts";
import { addGroupMembers, setGroupLabels } from "./labels.ts";
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

/** Makes a group, or changes the one that is there. Whoever names members names all of them; filter rules only add some. */
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
  if (request.labels) await setGroupLabels(tx, who, id, request.labels);
  const members = await selectedDeployments(tx, who, request.members);
  if (namesAllMembers(request.members)) {
    const outside = (await tx.deploymentGroups.members(who.tenant, id)).filter((member) => !members.includes(member));
    await tx.deploymentGroups.removeMembers(who.tenant, id, outside);
  }
  await addGroupMembers(tx, who, id, members);
  await createMembers(tx, who, await deploymentGroup(tx, who, id), request.newMembers);
  await recordChange(tx, who, "deployment_groups", id, existing ? "update" : "create");
  return deploymentGroupView(tx, await deploymentGroup(tx, who, id));
}

const namesAllMembers = ({ deploymentIds, filterId, fromGroup }: MemberSelection): boolean =>
  deploymentIds !== undefined || filterId !== undefined || fromGroup !== undefined;

/** Adds members and takes members out. @throws not_found_error */
export async function changeMembers(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  { add, remove, newMembers }: { add: MemberSelection; remove: MemberSelection; newMembers: readonly NewMember[] },
): Promise<DeploymentGroup> {
  authorize(who, "deployment_group_update");
  const group = await deploymentGroup(tx, who, id);
  await addGroupMembers(tx, who, id, await selectedDeployments(tx, who, add));
  await createMembers(tx, who, group, newMembers);
  await tx.deploymentGroups.removeMembers(who.tenant, id, await selectedDeployments(tx, who, remove));
  await recordChange(tx, who, "deployment_groups", id, "update");
  return deploymentGroupView(tx, await deploymentGroup(tx, who, id));
}

/** How many members of a group are deleted at a time. */
const DELETION_CONCURRENCY = 5;

/**
 * With `deployments` the members are deleted too, by a group of executions, whose id is answered.
 * @throws dependent_exists_error for a member that is still needed: then nothing at all is deleted
 */
export async function deleteDeploymentGroup(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  { deployments }: { deployments: Deletion | undefined },
): Promise<string | undefined> {
  authorize(who, "deployment_group_delete");
  await deploymentGroup(tx, who, id);
  const executionGroup = deployments ? await deleteMembers(tx, who, id, deployments) : undefined;
  await tx.deploymentGroups.remove(who.tenant, id);
  await tx.executionGroups.forgetDeploymentGroup(who.tenant, id);
  await recordChange(tx, who, "deployment_groups", id, "delete");
  return executionGroup;
}

async function deleteMembers(tx: UnitOfWork, who: Identity, groupId: string, how: Deletion): Promise<string> {
  const id = randomUUID();
  const workflowId = "delete_deployment_environment";
  await insertGroup(tx, who, { id, deploymentGroupId: groupId, workflowId, concurrency: DELETION_CONCURRENCY });
  const deletions: string[] = [];
  for (const member of await tx.deploymentGroups.members(who.tenant, groupId)) {
    const isHeld = deletions.length >= DELETION_CONCURRENCY;
    deletions.push((await deleteDeployment(tx, who, member, how, { isHeld })).id);
  }
  await tx.executionGroups.addMembers(id, deletions);
  return id;
}
