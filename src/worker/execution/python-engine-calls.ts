import { randomUUID } from "node:crypto";
import type { Json, JsonObject } from "../../api/resources.ts";
import {
  BUILT_IN_WORKFLOWS,
  DeploymentIndex,
  type InstanceLifecycle,
  instanceTasks,
  type LifecyclePart,
  lifecyclePart,
  type Modification,
  type ModifiedNode,
  type Program,
  type ProgramContext,
  WorkflowFailure,
} from "../../workflow/index.ts";
import type { Message } from "../processes/message-channel.ts";
import { readDeployment } from "./deployment-view.ts";
import { Modifications } from "./modifications.ts";
import { ProgramRun } from "./program-run.ts";
import type { WorkflowParts } from "./workflow.ts";
import { workflowConfiguration } from "./workflow-configuration.ts";

/** Answers what a Python workflow asks of the built-in ones. @throws Error for a call that is not known */
export async function answerEngineCall(message: Message, parts: WorkflowParts): Promise<unknown> {
  const { surroundings, execution } = parts;
  const modifications = new Modifications(surroundings.database, execution);
  const graphSuffix = String(message["graphSuffix"] ?? "");
  switch (message["call"]) {
    case "run-built-in": {
      const workflow = BUILT_IN_WORKFLOWS[String(message["function"])];
      if (workflow === undefined) throw new Error(`There is no built-in workflow ${message["function"]}`);
      return runProgram(parts, workflow, { parameters: message["parameters"] as JsonObject, graphSuffix });
    }
    case "rest-access":
      return surroundings.rest.of(execution.id);
    case "run-lifecycle":
      return runProgram(parts, lifecyclePart(message["part"] as unknown as LifecyclePart), { graphSuffix });
    case "lifecycle-tasks":
      return tasksOf(parts, String(message["instance"]), message["lifecycle"] as unknown as InstanceLifecycle);
    case "started-modifications":
      return (await modifications.started()).map(described);
    case "start-modification":
      return described(await modifications.start(message["nodes"] as unknown as Record<string, ModifiedNode>));
    case "finish-modification":
      return modifications.finish(String(message["modification"]));
    case "rollback-modification":
      return modifications.rollback(String(message["modification"]));
    default:
      throw new Error(`The worker does not know the call ${JSON.stringify(message["call"])}`);
  }
}

/** Runs the steps within this execution, and says how they ended. */
async function runProgram(
  parts: WorkflowParts,
  workflow: (context: ProgramContext) => Program,
  options: { parameters?: JsonObject; graphSuffix: string },
): Promise<Json> {
  try {
    const end = await new ProgramRun(parts, options).run(workflow);
    return { status: end.status };
  } catch (error) {
    if (error instanceof WorkflowFailure) return { status: "failed", type: error.type, error: error.message };
    throw error;
  }
}

async function tasksOf(
  { surroundings, execution }: WorkflowParts,
  instanceId: string,
  lifecycle: InstanceLifecycle,
): Promise<unknown> {
  const { read } = surroundings.database;
  const index = new DeploymentIndex(await readDeployment(read, execution.tenant_name, execution.deployment_id ?? ""));
  const instance = index.instance(instanceId);
  if (instance === undefined) throw new Error(`Node instance ${instanceId} does not exist`);
  const { taskRetries: total, taskRetryInterval: interval } = await workflowConfiguration(read);
  return instanceTasks(index, instance, lifecycle, { newId: randomUUID, retries: { total, interval } });
}

const described = ({ id, added, removed }: Modification): Json => ({ id, added, removed }) as unknown as Json;
