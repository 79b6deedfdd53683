import type { UnitOfWork } from "../../storage/index.ts";
import { addDeploymentLabels, removeDeploymentLabel } from "../deployments/labels.ts";
import type { Identity } from "../identity/identity.ts";
import type { LabelPair } from "../labels/parse-labels.ts";

type Owner = Pick<Identity, "tenant" | "username">;

/** Sets exactly these labels on a group; its members get those that are new, and lose those that go. */
export async function setGroupLabels(
  tx: UnitOfWork,
  { tenant, username }: Owner,
  groupId: string,
  labels: readonly LabelPair[],
): Promise<void> {
  const before = await labelsOfGroup(tx, tenant, groupId);
  const created_at = tx.now();
  await tx.deploymentGroupLabels.replace(
    tenant,
    groupId,
    labels.map((label) => ({ ...label, created_by: username, created_at })),
  );
  const [added, gone] = [without(labels, before), without(before, labels)];
  for (const id of await tx.deploymentGroups.members(tenant, groupId)) {
    await addDeploymentLabels(tx, { tenant_name: tenant, id }, added, username);
    for (const label of gone) await removeDeploymentLabel(tx, { tenant_name: tenant, id }, label);
  }
}

/** Adds deployments that are no members yet; they get the labels of the group. */
export async function addGroupMembers(
  tx: UnitOfWork,
  { tenant, username }: Owner,
  groupId: string,
  deploymentIds: readonly string[],
): Promise<void> {
  await tx.deploymentGroups.addMembers(tenant, groupId, deploymentIds);
  const labels = await labelsOfGroup(tx, tenant, groupId);
  for (const id of deploymentIds) await addDeploymentLabels(tx, { tenant_name: tenant, id }, labels, username);
}

export async function labelsOfGroup(tx: UnitOfWork, tenant: string, groupId: string): Promise<LabelPair[]> {
  const labels = (await tx.deploymentGroupLabels.of(tenant, [groupId])).get(groupId) ?? [];
  return labels.map(({ key, value }) => ({ key, value }));
}

const without = (labels: readonly LabelPair[], others: readonly LabelPair[]): LabelPair[] =>
  labels.filter((label) => !others.some(({ key, value }) => key === label.key && value === label.value));
