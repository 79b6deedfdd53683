import { isDeepStrictEqual } from "node:util";
import { createDependency, deleteDependency } from "../../services/inter-deployment-dependencies/change.ts";
import { refuseUnwell } from "./component-checks.ts";
import {
  capabilitiesOf,
  changedKeys,
  isTied,
  otherDeployment,
  otherDeploymentId,
  runWorkflow,
  storeCapabilities,
} from "./other-deployment.ts";
import { objectOf, type ServiceOperation, store, textOf, type Work } from "./work.ts";

const creatorOf = ({ subject }: Work): string => `sharedresource.${subject.instance.id}`;

/** Ties this deployment to one that is there already; one that is installed on demand is installed now. */
export const connectDeployment: ServiceOperation = async (work) => {
  const { surroundings, job, who, host } = work;
  const id = otherDeploymentId(work);
  host.log("info", `Validating that "${id}" SharedResource's deployment exists on tenant "${job.tenant}"...`);
  await otherDeployment(work, id);
  await store(work, { deployment: { id } });
  await installOnDemand(work, id);
  await storeCapabilities(work, id);
  if (!(await isTied(work, creatorOf(work)))) {
    await surroundings.database.unitOfWork((tx) =>
      createDependency(tx, who, job.deployment.id, { creator: creatorOf(work), target: id }),
    );
  }
  return true;
};

/** @throws Error when it is not installed, and not to be installed by whoever needs it */
async function installOnDemand(work: Work, id: string): Promise<void> {
  const { installation_status } = await otherDeployment(work, id);
  if (installation_status === "active") return;
  if (!(await typesOf(work, id)).includes("on-demand-resource")) {
    throw new Error(
      `SharedResource's deployment "${id}" is inactive and isn't labeled as \`csys-obj-type: on-demand-resource\`. Please install the deployment first`,
    );
  }
  await runWorkflow(work, id, "install", { queue: true });
}

/** Unties it; one that was installed on demand is uninstalled when nobody needs it any more. */
export const disconnectDeployment: ServiceOperation = async (work) => {
  const { surroundings, job, who, host } = work;
  const id = otherDeploymentId(work);
  host.log(
    "info",
    `Removing inter-deployment dependency between "${job.deployment.id}" and "${id}" SharedResource's deployment...`,
  );
  if (await isTied(work, creatorOf(work))) {
    const dependency = { creator: creatorOf(work), target: id, isComponentDeletion: true };
    await surroundings.database.unitOfWork((tx) => deleteDependency(tx, who, job.deployment.id, dependency));
  }
  await uninstallUnused(work, id);
  return true;
};

async function uninstallUnused(work: Work, id: string): Promise<void> {
  const { read } = work.surroundings.database;
  const row = await read.deployments.get(work.job.tenant, id);
  const types = await typesOf(work, id);
  if (row?.installation_status !== "active" || !types.includes("on-demand-resource")) return;
  if (types.includes("on-demand-uninstall-off")) return;
  if ((await labelsOf(work, id, "csys-consumer-id")).length > 0) return;
  await runWorkflow(work, id, "uninstall").catch((error: Error) =>
    work.host.log("warning", `Uninstall of shared resource deployment "${id}" failed: ${error.message}`),
  );
}

/** Runs a workflow of the shared resource for one relationship to it. */
export const executeWorkflow: ServiceOperation = async (work) => {
  const { job, host } = work;
  const id = textOf(objectOf(work.subject.instance.runtimeProperties["deployment"])["id"]) ?? otherDeploymentId(work);
  const workflowId = textOf(job.inputs["workflow_id"]);
  if (workflowId === undefined) throw new Error("the input workflow_id is missing");
  await runWorkflow(work, id, workflowId, { parameters: objectOf(job.inputs["parameters"]) });
  host.log("info", `Execution succeeded for "${id}" SharedResource's deployment of "${workflowId}" workflow`);
  await storeCapabilities(work, id);
  return true;
};

export const refresh: ServiceOperation = async (work) => {
  await storeCapabilities(work, otherDeploymentId(work));
  return null;
};

export const checkDrift: ServiceOperation = async (work) => {
  const stored = objectOf(work.subject.instance.runtimeProperties["capabilities"]);
  const changed = changedKeys(stored, await capabilitiesOf(work, otherDeploymentId(work)), isDeepStrictEqual);
  return changed.length === 0 ? null : { capabilities: changed };
};

export const checkStatus: ServiceOperation = async (work) => {
  refuseUnwell(await otherDeployment(work, otherDeploymentId(work)));
  return null;
};

const typesOf = (work: Work, id: string): Promise<string[]> => labelsOf(work, id, "csys-obj-type");

async function labelsOf({ surroundings, job }: Work, id: string, key: string): Promise<string[]> {
  const labels = (await surroundings.database.read.deploymentLabels.of(job.tenant, [id])).get(id) ?? [];
  return labels.filter((label) => label.key === key).map(({ value }) => value);
}
