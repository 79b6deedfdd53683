import { identifyExecution } from "../../services/identity/authenticate.ts";
import type { TaskOutcome } from "../../workflow/index.ts";
import type { Surroundings } from "../execution/surroundings.ts";
import type { OperationHost, OperationJob } from "../operations/job.ts";
import { nonRecoverable, succeeded } from "../operations/outcome.ts";
import { KILLED } from "../operations/supervise.ts";
import { provideSecrets, removeSecrets } from "./belongings.ts";
import { provideBlueprint, removeBlueprint } from "./blueprints.ts";
import { createComponent, deleteComponent, executeStart, refreshComponent, uploadBlueprint } from "./component.ts";
import { checkDrift, checkStatus, heal, update } from "./component-checks.ts";
import { createPassword, deletePassword, validateCreation } from "./password-secret.ts";
import * as shared from "./shared-resource.ts";
import { CallAgain, resourceConfig, type ServiceOperation, type Work } from "./work.ts";

/** The operations of the types that stand for other deployments, blueprints and secrets, by the plugin function of the types. */
const OPERATIONS: Readonly<Record<string, ServiceOperation>> = {
  "cloudify_types.component.upload_blueprint": uploadBlueprint,
  "cloudify_types.component.create": createComponent,
  "cloudify_types.component.execute_start": executeStart,
  "cloudify_types.component.delete": deleteComponent,
  "cloudify_types.component.refresh": refreshComponent,
  "cloudify_types.component.check_drift": checkDrift,
  "cloudify_types.component.check_status": checkStatus,
  "cloudify_types.component.heal": heal,
  "cloudify_types.component.update": update,
  "cloudify_types.shared_resource.connect_deployment": shared.connectDeployment,
  "cloudify_types.shared_resource.disconnect_deployment": shared.disconnectDeployment,
  "cloudify_types.shared_resource.execute_workflow": shared.executeWorkflow,
  "cloudify_types.shared_resource.refresh": shared.refresh,
  "cloudify_types.shared_resource.check_drift": shared.checkDrift,
  "cloudify_types.shared_resource.check_status": shared.checkStatus,
  "cloudify_types.blueprint.upload": async (work) => {
    await provideBlueprint(work, resourceConfig(work));
    await provideSecrets(work);
    return true;
  },
  "cloudify_types.blueprint.delete": async (work) => {
    await removeBlueprint(work, resourceConfig(work));
    await removeSecrets(work);
    return true;
  },
  "cloudify_types.password_secret.create": createPassword,
  "cloudify_types.password_secret.delete": deletePassword,
  "cloudify_types.password_secret.creation_validation": validateCreation,
};

/** Whether the server does the operation itself. */
export const isServiceOperation = (functionPath: string): boolean => Object.hasOwn(OPERATIONS, functionPath);

/** Does one. Never rejects: what goes wrong is the operation's failure. */
export async function runServiceOperation(
  job: OperationJob,
  parts: { host: OperationHost; surroundings: Surroundings; killed: AbortSignal },
): Promise<TaskOutcome> {
  const { killed, surroundings } = parts;
  const name = job.functionPath.slice(job.functionPath.lastIndexOf(".") + 1);
  try {
    const operation = OPERATIONS[job.functionPath];
    if (operation === undefined) throw new Error(`there is no operation ${job.functionPath}`);
    const execution = { id: job.executionId, created_by: job.createdBy, tenant_name: job.tenant };
    const who = await identifyExecution(surroundings.database, execution);
    return succeeded(await operation({ job, ...parts, who, subject: subjectOf(job) }));
  } catch (error) {
    if (killed.aborted) return KILLED;
    if (error instanceof CallAgain) return error.outcome;
    return nonRecoverable(`Error in ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function subjectOf({ subject }: OperationJob): Work["subject"] {
  if (subject.kind === "node-instance") return subject;
  if (subject.kind === "relationship-instance") return subject.target;
  throw new Error("the operation needs a node");
}
