import type { Json, JsonObject } from "../../api/resources.ts";
import { readDeployment } from "./deployment-view.ts";
import type { WorkflowParts } from "./workflow.ts";
import { workflowConfiguration } from "./workflow-configuration.ts";

/** All that a Python workflow knows when it starts. */
export async function pythonWorkflowJob(
  { execution, surroundings }: WorkflowParts,
  call: { kind: "function" | "script"; path: string },
  parameters: JsonObject,
): Promise<object> {
  const { read } = surroundings.database;
  const [tenant, deploymentId] = [execution.tenant_name, execution.deployment_id ?? ""];
  const deployment = await read.deployments.get(tenant, deploymentId);
  const configuration = await workflowConfiguration(read);
  const view = await readDeployment(read, tenant, deploymentId);
  const evaluate = surroundings.evaluator(execution);
  for (const node of view.nodes) node.properties = (await evaluate(node.properties as Json, {})) as JsonObject;
  return {
    type: "workflow",
    call,
    parameters,
    serverSocket: surroundings.serverSocket,
    execution: {
      id: execution.id,
      workflowId: execution.workflow_id,
      functionPath: call.path,
      createdBy: execution.created_by,
      tenant,
      dryRun: execution.is_dry_run,
      resume: execution.resume,
      waitAfterFail: execution.wait_after_fail,
      blueprintId: execution.blueprint_id,
      taskRetries: configuration.taskRetries,
      taskRetryInterval: configuration.taskRetryInterval,
    },
    deployment: {
      id: deploymentId,
      displayName: deployment?.display_name ?? deploymentId,
      createdBy: deployment?.created_by ?? null,
      resourceTags: deployment?.resource_tags ?? {},
      scalingGroups: view.scalingGroups,
    },
    view,
  };
}
