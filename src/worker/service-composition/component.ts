import type { Json, JsonObject } from "../../api/resources.ts";
import { isLive } from "../../api/statuses.ts";
import { deleteDeployment } from "../../services/deployments/change.ts";
import { createDeployment } from "../../services/deployments/create.ts";
import { createDependency, deleteDependency } from "../../services/inter-deployment-dependencies/change.ts";
import { parseLabels } from "../../services/labels/parse-labels.ts";
import { Refusal } from "../../services/refusal.ts";
import { provideSecrets, removeSecrets } from "./belongings.ts";
import { blueprintIdOf, provideBlueprint, removeBlueprint } from "./blueprints.ts";
import {
  dependencies,
  ended,
  isTied,
  otherDeployment,
  otherDeploymentId,
  runWorkflow,
  storeCapabilities,
  untilIdle,
  untilTerminated,
} from "./other-deployment.ts";
import { objectOf, resourceConfig, type ServiceOperation, store, textOf, type Work } from "./work.ts";

/** How many suffixes are tried before a deployment's name is given up. */
const MOST_SUFFIXES = 50;

/** Parameters of the own workflow that speak of the own nodes mean nothing to the component. */
const OF_OWN_NODES = ["type_names", "node_ids", "node_instance_ids"];

const PARENT_LABEL = "csys-obj-parent";

const creatorOf = ({ subject }: Work): string => `component.${subject.instance.id}`;

export const uploadBlueprint: ServiceOperation = async (work) => {
  await provideBlueprint(work, objectOf(resourceConfig(work)["blueprint"]));
  return true;
};

/** Makes the component's deployment and notes that this one depends on it. One that is external is only found. */
export const createComponent: ServiceOperation = async (work) => {
  const deployment = objectOf(resourceConfig(work)["deployment"]);
  const id = (await madeBefore(work)) ?? (await provideDeployment(work, deployment));
  const { create_execution: creation } = await otherDeployment(work, id);
  if (!creation) throw new Error(`no create execution found for deployment "${id}"`);
  await untilTerminated(work, creation, `create_deployment_environment of deployment ${id}`);
  return true;
};

/** The deployment that an earlier attempt has made. */
async function madeBefore(work: Work): Promise<string | undefined> {
  const own = (await dependencies(work)).find(({ dependency_creator }) => dependency_creator === creatorOf(work));
  return own?.target_deployment_id ?? undefined;
}

async function provideDeployment(work: Work, deployment: JsonObject): Promise<string> {
  await provideSecrets(work);
  const wanted = otherDeploymentId(work);
  if (deployment["external_resource"] === true) {
    await store(work, { deployment: { id: wanted } });
    return wanted;
  }
  const suffixes =
    deployment["auto_inc_suffix"] === true ? Array.from({ length: MOST_SUFFIXES }, (_, n) => `-${n}`) : [""];
  let refused: unknown;
  for (const suffix of suffixes) {
    try {
      return await make(work, `${wanted}${suffix}`, deployment);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "conflict_error") throw error;
      refused = error;
    }
  }
  throw refused;
}

/** The deployment, the dependency and what the node knows of them come to be together. */
async function make(work: Work, id: string, { inputs, labels }: JsonObject): Promise<string> {
  const { surroundings, job, who, host, subject } = work;
  const blueprintId = blueprintIdOf(work, objectOf(resourceConfig(work)["blueprint"]));
  const own = parseLabels(labels).filter(({ key }) => key !== PARENT_LABEL);
  await surroundings.database.unitOfWork(async (tx) => {
    await createDeployment(tx, who, {
      id,
      blueprintId,
      inputs: objectOf(inputs),
      visibility: "tenant",
      labels: [...own, { key: PARENT_LABEL, value: job.deployment.id }],
      runtimeOnlyEvaluation: false,
    });
    await createDependency(tx, who, job.deployment.id, { creator: creatorOf(work), target: id });
    const row = await tx.nodeInstances.get(job.tenant, subject.instance.id);
    const runtime_properties = { ...row?.runtime_properties, deployment: { id } };
    await tx.nodeInstances.update(job.tenant, subject.instance.id, "any", { runtime_properties });
  });
  host.log("info", `Creating "${id}" component deployment`);
  return id;
}

/** Runs a workflow on the component: install when it starts, uninstall when it stops. */
export const executeStart: ServiceOperation = async (work) => {
  const { job, host } = work;
  const id = otherDeploymentId(work);
  const workflowId = textOf(job.inputs["workflow_id"]) ?? "create_deployment_environment";
  if (!(await work.surroundings.database.read.executions.get(job.taskId))) {
    await untilIdle(work, id);
    if (workflowId === "uninstall" && !(await hasLiveInstances(work, id))) {
      host.log("info", `Nothing of "${id}" deployment is installed: nothing to uninstall`);
      return true;
    }
  }
  const asked = objectOf(resourceConfig(work)["executions_start_args"]);
  const how = workflowId === job.workflowId ? { ...asked, parameters: parametersFor(job.workflowParameters) } : asked;
  await runWorkflow(work, id, workflowId, how);
  host.log("info", `Execution succeeded for "${id}" deployment`);
  await storeCapabilities(work, id);
  return true;
};

/** It may have been uninstalled with the other services of its environment. */
async function hasLiveInstances({ surroundings, job }: Work, id: string): Promise<boolean> {
  const instances = await surroundings.database.read.nodeInstances.ofDeployment(job.tenant, id);
  return instances.some(({ state }) => isLive(state));
}

const parametersFor = (parameters: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !OF_OWN_NODES.includes(name)));

/** Deletes the component's deployment and blueprint, unless they are external, and lets go of it. */
export const deleteComponent: ServiceOperation = async (work) => {
  const { surroundings, job, who, host } = work;
  const { database } = surroundings;
  const config = resourceConfig(work);
  const id = otherDeploymentId(work);
  const isExternal = objectOf(config["deployment"])["external_resource"] === true;
  if (!isExternal) await deleteMade(work, id);
  await removeBlueprint(work, objectOf(config["blueprint"]));
  if (await isTied(work, creatorOf(work))) {
    host.log("info", `Removing inter-deployment dependency between "${job.deployment.id}" and its component "${id}"`);
    const dependency = { creator: creatorOf(work), target: id, isComponentDeletion: true };
    await database.unitOfWork((tx) => deleteDependency(tx, who, job.deployment.id, dependency));
  }
  await removeSecrets(work);
  await store(work, {}, ["deployment", "blueprint"]);
  return true;
};

async function deleteMade(work: Work, id: string): Promise<void> {
  const { surroundings, job, who, host } = work;
  const { database } = surroundings;
  if (!(await database.read.deployments.get(job.tenant, id, ["id"]))) {
    return host.log("warning", `Didn't find component's "${id}" deployment: nothing to delete.`);
  }
  await untilIdle(work, id);
  // What an attempt before this one has begun may have come to its end meanwhile.
  if (!(await database.read.deployments.get(job.tenant, id, ["id"]))) return;
  host.log("info", `Deleting component's "${id}" deployment`);
  const how = { force: false, deleteLogs: false, recursive: false };
  const deletion = await database.unitOfWork((tx) => deleteDeployment(tx, who, id, how));
  await ended(work, [deletion.id]);
  const left = await database.read.executions.get(deletion.id);
  if (left) throw new Error(`the deployment ${id} could not be deleted: ${left.error || left.status}`);
}

export const refreshComponent: ServiceOperation = async (work): Promise<Json> => {
  await storeCapabilities(work, otherDeploymentId(work));
  return null;
};
