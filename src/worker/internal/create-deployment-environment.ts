import { mkdir } from "node:fs/promises";
import type { JsonObject } from "../../api/resources.ts";
import { DslError, type Plan, prepareDeployment } from "../../dsl/index.ts";
import { createEnvironment } from "../../services/deployments/create-environment.ts";
import { failedBecause, terminated } from "../execution/execution-end.ts";
import type { Workflow } from "../execution/workflow-of.ts";

/** Makes the nodes, instances and workflows of a new deployment from its blueprint's plan and its inputs. */
export const createDeploymentEnvironment: Workflow = async ({ execution, surroundings, rows, begins }) => {
  await begins();
  const { database, home, journal } = surroundings;
  const { read } = database;
  const [tenant, id] = [execution.tenant_name, execution.deployment_id ?? ""];
  const deployment = await read.deployments.get(tenant, id);
  if (deployment === undefined) return failedBecause(`Deployment ${id} was deleted before its environment was created`);
  const blueprint = await read.blueprints.get(deployment.blueprint_tenant_name, deployment.blueprint_id);
  if (!blueprint?.plan) return failedBecause(`Blueprint ${deployment.blueprint_id} has no plan: it is not uploaded`);
  const tell = (message: string) => journal.write([{ kind: "event", event: rows.log("info", message) }]);
  try {
    const plan = await prepareDeployment(blueprint.plan as unknown as Plan, {
      inputs: (execution.parameters["inputs"] ?? {}) as JsonObject,
      secretExists: async (name) => (await read.secrets.get(tenant, name, ["key"])) !== undefined,
      runtimeOnlyEvaluation: deployment.runtime_only_evaluation,
    });
    await tell("Setting deployment attributes");
    await tell(`Creating ${plan.nodes.length} nodes`);
    await tell(`Creating ${plan.node_instances.length} node-instances`);
    await database.unitOfWork((tx) => createEnvironment(tx, { tenant_name: tenant, id }, plan));
  } catch (error) {
    if (error instanceof DslError) return failedBecause(error.message);
    throw error;
  }
  await mkdir(home.deployment(tenant, id), { recursive: true, mode: 0o700 });
  return terminated;
};
