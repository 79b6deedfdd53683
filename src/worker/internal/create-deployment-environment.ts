import { mkdir } from "node:fs/promises";
import type { Json, JsonObject } from "../../api/resources.ts";
import {
  type DeploymentPlan,
  type DeploymentSettings,
  DslError,
  type Plan,
  prepareDeployment,
} from "../../dsl/index.ts";
import { createEnvironment, planLabels } from "../../services/deployments/create-environment.ts";
import { withKnownConstraints } from "../../services/deployments/input-constraints.ts";
import { addDeploymentLabels } from "../../services/deployments/labels.ts";
import { applySettings } from "../../services/deployments/settings.ts";
import type { Evaluate } from "../../services/functions/execution-evaluator.ts";
import { Refusal } from "../../services/refusal.ts";
import { ASKED_BEFORE } from "../../services/searches/object-lookup.ts";
import type { Database, DeploymentRow } from "../../storage/index.ts";
import { failedBecause, terminated } from "../execution/execution-end.ts";
import type { Workflow } from "../execution/workflow.ts";

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
    const inputs = (execution.parameters["inputs"] ?? {}) as JsonObject;
    const uploaded = blueprint.plan as unknown as Plan;
    const plan = await prepareDeployment(await withKnownConstraints(read, uploaded, { ...deployment, inputs }), {
      inputs,
      secretExists: async (name) => (await read.secrets.get(tenant, name, ["key"])) !== undefined,
      runtimeOnlyEvaluation: deployment.runtime_only_evaluation,
      objects: ASKED_BEFORE,
    });
    await tell("Setting deployment attributes");
    await tell(`Creating ${plan.nodes.length} nodes`);
    await tell(`Creating ${plan.node_instances.length} node-instances`);
    // Taken over from a worker that died: what it stored is not stored twice.
    if (deployment.workflows === null) await database.unitOfWork((tx) => createEnvironment(tx, deployment, plan));
    await evaluateLabelsAndSettings(database, deployment, plan, surroundings.evaluator(execution));
  } catch (error) {
    if (error instanceof DslError || error instanceof Refusal) return failedBecause(error.message);
    throw error;
  }
  await mkdir(home.deployment(tenant, id), { recursive: true, mode: 0o700 });
  return terminated;
};

/** What functions in labels and settings ask for is known only now, and settings may ask for labels. */
async function evaluateLabelsAndSettings(
  database: Database,
  deployment: DeploymentRow,
  plan: DeploymentPlan,
  evaluate: Evaluate,
): Promise<void> {
  const labels = (await evaluate(plan.labels as Json, {})) as unknown as DeploymentPlan["labels"];
  if (labels !== plan.labels) {
    await database.unitOfWork((tx) =>
      addDeploymentLabels(tx, deployment, planLabels({ labels }), deployment.created_by),
    );
  }
  const settings = (await evaluate(plan.deployment_settings as unknown as Json, {})) as unknown;
  if (settings) await database.unitOfWork((tx) => applySettings(tx, deployment, settings as DeploymentSettings));
}
