import type { UnitOfWork } from "../../storage/index.ts";
import { CONSUMER_LABEL, refreshConsumers } from "../inter-deployment-dependencies/consumers.ts";
import type { LabelPair } from "../labels/parse-labels.ts";
import { Refusal } from "../refusal.ts";
import { descendantsOf, PARENT_LABEL, parentsOf } from "./family.ts";
import { recalculateUpwards } from "./sub-deployments.ts";

interface Labelled {
  tenant_name: string;
  id: string;
}

/**
 * Adds what is not there yet; a label that names a parent makes the deployment part of that environment.
 * @throws deployment_parent_not_found_error, conflict_error for a parent that lives in the deployment itself
 */
export async function addDeploymentLabels(
  tx: UnitOfWork,
  deployment: Labelled,
  labels: readonly LabelPair[],
  username: string,
): Promise<void> {
  if (labels.length === 0) return;
  const { tenant_name: tenant, id } = deployment;
  const before = await ownParents(tx, deployment);
  const added = await acceptedParents(tx, deployment, labels, before);
  await tx.deploymentLabels.add(tenant, id, signed(tx, labels, username));
  await follow(tx, deployment, added);
}

/** Sets exactly these, but for the consumers, which the server itself keeps. @throws as `addDeploymentLabels` */
export async function replaceDeploymentLabels(
  tx: UnitOfWork,
  deployment: Labelled,
  labels: readonly LabelPair[],
  username: string,
): Promise<void> {
  const { tenant_name: tenant, id } = deployment;
  const before = await ownParents(tx, deployment);
  const added = await acceptedParents(tx, deployment, labels, before);
  const present = (await tx.deploymentLabels.of(tenant, [id])).get(id) ?? [];
  const consumers = present.filter(({ key }) => key === CONSUMER_LABEL);
  const wanted = labels.filter(({ key }) => key !== CONSUMER_LABEL);
  await tx.deploymentLabels.replace(tenant, id, [...consumers, ...signed(tx, wanted, username)]);
  const after = await ownParents(tx, deployment);
  await follow(tx, deployment, [...added, ...before.filter((parent) => !after.includes(parent))]);
}

/** Takes one label off. */
export async function removeDeploymentLabel(
  tx: UnitOfWork,
  deployment: Labelled,
  { key, value }: LabelPair,
): Promise<void> {
  await tx.deploymentLabels.remove(deployment.tenant_name, deployment.id, key, value);
  await follow(tx, deployment, key === PARENT_LABEL ? [value] : []);
}

async function ownParents(tx: UnitOfWork, { tenant_name, id }: Labelled): Promise<string[]> {
  return (await parentsOf(tx, tenant_name, [id])).get(id) ?? [];
}

async function acceptedParents(
  tx: UnitOfWork,
  { tenant_name: tenant, id }: Labelled,
  labels: readonly LabelPair[],
  before: readonly string[],
): Promise<string[]> {
  const named = labels.filter(({ key }) => key === PARENT_LABEL).map(({ value }) => value);
  const added = named.filter((parent) => !before.includes(parent));
  if (added.length === 0) return [];
  const known = new Set((await tx.deployments.named(tenant, added, ["id"])).map((parent) => parent.id));
  const unknown = added.filter((parent) => !known.has(parent));
  if (unknown.length > 0) {
    throw new Refusal(
      "deployment_parent_not_found_error",
      `Deployment ${id}: cannot find deployments of the label ${PARENT_LABEL}: ${unknown.join(", ")}`,
    );
  }
  const below = await descendantsOf(tx, tenant, id);
  const circular = added.find((parent) => parent === id || below.has(parent));
  if (circular !== undefined) {
    throw new Refusal("conflict_error", `cyclic dependency between deployments ${id} and ${circular}`);
  }
  return added;
}

/** `parents` are those that the deployment has come to or left. */
async function follow(tx: UnitOfWork, { tenant_name, id }: Labelled, parents: readonly string[]): Promise<void> {
  await refreshConsumers(tx, tenant_name, parents);
  await recalculateUpwards(tx, tenant_name, [id, ...parents]);
}

const signed = (tx: UnitOfWork, labels: readonly LabelPair[], created_by: string) =>
  labels.map((label) => ({ ...label, created_by, created_at: tx.now() }));
