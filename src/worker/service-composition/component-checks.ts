import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject } from "../../api/resources.ts";
import { flagsIn } from "../../services/deployment-updates/flags.ts";
import { initiateUpdate } from "../../services/deployment-updates/initiate.ts";
import { addDeploymentLabels } from "../../services/deployments/labels.ts";
import { parseLabels } from "../../services/labels/parse-labels.ts";
import type { DeploymentRow } from "../../storage/index.ts";
import {
  capabilitiesOf,
  changedKeys,
  otherDeployment,
  otherDeploymentId,
  runWorkflow,
  untilTerminated,
} from "./other-deployment.ts";
import { objectOf, resourceConfig, type ServiceOperation, textOf, type Work } from "./work.ts";

/** Whether another deployment is installed and well. @throws Error telling what is wrong with it */
export function refuseUnwell(row: DeploymentRow, { drifted = true } = {}): void {
  const { id, installation_status, deployment_status, latest_execution_status, unavailable_instances } = row;
  if (installation_status !== "active") {
    throw new Error(
      `expected deployment '${id}' to be installed, but got installation status: '${installation_status}'`,
    );
  }
  if (deployment_status !== "good") {
    throw new Error(
      `expected deployment '${id}' to be in a good state, but got deployment status: '${deployment_status}'`,
    );
  }
  if (latest_execution_status === "failed") throw new Error(`the latest execution for '${id}' failed`);
  if (unavailable_instances > 0) {
    throw new Error(`there are ${unavailable_instances} unavailable instances in deployment '${id}'`);
  }
  if (drifted && row.drifted_instances > 0) {
    throw new Error(`there are ${row.drifted_instances} drifted instances in deployment '${id}'`);
  }
}

/** Checks the component's own nodes, then the component. */
export const checkStatus: ServiceOperation = async (work) => {
  const id = otherDeploymentId(work);
  // What a check finds is told by the deployment's own status.
  await runWorkflow(work, id, "check_status").catch(() => undefined);
  refuseUnwell(await otherDeployment(work, id));
  return null;
};

/** What is not any more as the node says, or as it was when the component was installed; null when all is. */
export const checkDrift: ServiceOperation = async (work) => {
  const id = otherDeploymentId(work);
  await runWorkflow(work, id, "check_drift").catch(() => undefined);
  const deployment = await otherDeployment(work, id);
  const config = resourceConfig(work);
  const stored = objectOf(work.subject.instance.runtimeProperties["capabilities"]);
  const drift: JsonObject = {};
  const capabilities = changedKeys(stored, await capabilitiesOf(work, id), isDeepStrictEqual);
  if (capabilities.length > 0) drift["capabilities"] = capabilities;
  const ofDeployment = await deploymentDrift(work, deployment, objectOf(config["deployment"]));
  if (ofDeployment.length > 0) drift["deployment"] = ofDeployment;
  const blueprintId = textOf(objectOf(config["blueprint"])["id"]);
  if (blueprintId !== undefined && blueprintId !== deployment.blueprint_id) drift["blueprint"] = ["id"];
  return Object.keys(drift).length === 0 ? null : drift;
};

async function deploymentDrift(work: Work, row: DeploymentRow, wanted: JsonObject): Promise<string[]> {
  const drift: string[] = [];
  // With a suffix of its own the name is only the beginning of the id.
  const name = wanted["auto_inc_suffix"] === true ? row.id.replace(/-\d+$/, "") : row.id;
  if (textOf(wanted["id"]) !== undefined && wanted["id"] !== name) drift.push("id");
  const labels = parseLabels(wanted["labels"]).map(({ key, value }) => `${key}=${value}`);
  if (labels.length > 0) {
    const present = (await work.surroundings.database.read.deploymentLabels.of(row.tenant_name, [row.id])).get(row.id);
    const own = (present ?? [])
      .filter(({ key }) => !key.startsWith("csys-"))
      .map(({ key, value }) => `${key}=${value}`);
    if (!isDeepStrictEqual(new Set(own), new Set(labels))) drift.push("labels");
  }
  const inputs = objectOf(wanted["inputs"]);
  if (Object.keys(inputs).length > 0 && !isDeepStrictEqual(inputs, row.inputs)) drift.push("inputs");
  return drift;
}

export const heal: ServiceOperation = async (work) => {
  const id = otherDeploymentId(work);
  await runWorkflow(work, id, "heal");
  refuseUnwell(await otherDeployment(work, id), { drifted: false });
  return null;
};

/** Brings the component to the blueprint, the inputs and the labels that the node has by now. */
export const update: ServiceOperation = async (work): Promise<Json> => {
  const { surroundings, job, who, subject } = work;
  const { database } = surroundings;
  const id = otherDeploymentId(work);
  const config = resourceConfig(work);
  const [blueprint, deployment] = [objectOf(config["blueprint"]), objectOf(config["deployment"])];
  const drift = objectOf(objectOf(subject.instance.systemProperties["configuration_drift"])["result"]);
  const has = (part: string, key: string) => [drift[part] ?? []].flat().includes(key);
  if (has("deployment", "id")) throw new Error(`update not available for "${id}" because of deployment_id change`);
  const blueprintId = has("blueprint", "id") ? textOf(blueprint["id"]) : undefined;
  const inputs = has("deployment", "inputs") ? objectOf(deployment["inputs"]) : {};
  if (blueprintId !== undefined || Object.keys(inputs).length > 0) {
    const started = await database.unitOfWork((tx) =>
      initiateUpdate(tx, who, id, { inputs, flags: flagsIn({}), ...(blueprintId ? { blueprintId } : {}) }),
    );
    if (started.execution_id) await untilTerminated(work, started.execution_id, `update of deployment ${id}`);
  }
  if (has("deployment", "labels")) {
    const labels = parseLabels(deployment["labels"]);
    await database.unitOfWork((tx) => addDeploymentLabels(tx, { tenant_name: job.tenant, id }, labels, who.username));
  }
  refuseUnwell(await otherDeployment(work, id));
  return null;
};
