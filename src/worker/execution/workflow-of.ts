import type { JsonObject } from "../../api/resources.ts";
import type { ExecutionRow } from "../../storage/index.ts";
import { BUILT_IN_WORKFLOWS, WorkflowFailure } from "../../workflow/index.ts";
import { runFrameworkWorkflow } from "../cloudify-common/workflow.ts";
import { INTERNAL_WORKFLOWS } from "../internal/index.ts";
import { ProgramRun } from "./program-run.ts";
import { PythonWorkflow } from "./python-workflow.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Workflow } from "./workflow.ts";

/** The function that blueprints name for a workflow that is a script. */
const SCRIPT_WORKFLOW = "script_runner.tasks.execute_workflow";

/** The update of a deployment, which no blueprint declares, by its names. */
const UPDATES: readonly string[] = ["update", "csys_new_deployment_update"];
const UPDATE_WORKFLOW = "cloudify_system_workflows.deployment_update.workflow.update_deployment";

/** Finds what an execution's workflow is: the server's own, a built-in one, or code of the blueprint. @throws WorkflowFailure */
export async function workflowOf(surroundings: Surroundings, execution: ExecutionRow): Promise<Workflow> {
  const { database } = surroundings;
  const internal = INTERNAL_WORKFLOWS[execution.workflow_id];
  if (internal !== undefined) return internal;
  if (UPDATES.includes(execution.workflow_id)) return ofProgram(UPDATE_WORKFLOW);
  const deployment = await database.read.deployments.get(execution.tenant_name, execution.deployment_id ?? "");
  const declared = deployment?.workflows?.[execution.workflow_id] as JsonObject | undefined;
  if (declared === undefined)
    throw new WorkflowFailure(
      "NonRecoverableError",
      `Workflow ${execution.workflow_id} is not one of deployment ${execution.deployment_id}`,
    );
  const functionPath = String(declared["operation"]);
  if (Object.hasOwn(BUILT_IN_WORKFLOWS, functionPath)) return ofProgram(functionPath);
  if (functionPath.startsWith("cloudify.plugins.workflows."))
    throw new WorkflowFailure("NonRecoverableError", `The built-in workflow ${functionPath} cannot run on this server`);
  const isScript = functionPath === SCRIPT_WORKFLOW;
  const plugin = isScript ? null : await pluginOf(surroundings, execution, String(declared["plugin"]));
  if (plugin?.framework === "cloudify-common") return (parts) => runFrameworkWorkflow(parts, functionPath, plugin);
  return (parts) => new PythonWorkflow(parts, functionPath, { isScript, plugin }).run();
}

/** Where the workflow's plugin is installed; null when the blueprint itself brings it. */
async function pluginOf({ database, plugins }: Surroundings, execution: ExecutionRow, name: string) {
  const { tenant_name: tenant, blueprint_id: blueprintId } = execution;
  const blueprint = await database.read.blueprints.get(tenant, blueprintId ?? "", ["plan"]);
  const installed = (blueprint?.plan?.["workflow_plugins_to_install"] ?? []) as JsonObject[];
  const plugin = installed.find((each) => each["name"] === name);
  if (plugin === undefined) return null;
  const text = (field: string) => (typeof plugin[field] === "string" ? plugin[field] : null);
  const wanted = { packageName: text("package_name"), packageVersion: text("package_version") };
  const environment = await plugins.of(tenant, wanted);
  return environment && { ...environment, declared: plugin };
}

function ofProgram(functionPath: string): Workflow {
  return async (parts) => {
    const program = BUILT_IN_WORKFLOWS[functionPath];
    if (program === undefined) throw new Error(`There is no built-in workflow ${functionPath}`);
    await parts.begins();
    return new ProgramRun(parts).run(program);
  };
}
