import type { JsonObject } from "../../api/resources.ts";
import { textsOf } from "../json-values.ts";
import type { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { WorkflowFailure } from "../program.ts";
import { checkHints } from "./scaling-hints.ts";

export interface Scaling {
  /** As the user named it; graphs are named after it. */
  name: string;
  /** Node or scaling group whose number changes: the host's node when that is scaled instead. */
  entity: string;
  delta: number;
  /** How many there shall be. */
  instances: number;
}

/**
 * What a scale is to change; null when the delta is 0.
 * @throws WorkflowFailure the delta is no number, nothing has that name, or the number would pass a limit
 */
export function planScaling(index: DeploymentIndex, parameters: JsonObject): Scaling | null {
  const name = String(parameters.scalable_entity_name);
  const delta = Number(parameters.delta);
  if (!Number.isInteger(delta)) {
    throw new WorkflowFailure("ValueError", `The delta parameter must be a number. Got: ${String(parameters.delta)}`);
  }
  if (delta === 0) return null;
  const hints = { include: textsOf(parameters.include_instances), exclude: textsOf(parameters.exclude_instances) };
  if (delta > 0 && hints.include.length + hints.exclude.length > 0) {
    throw new WorkflowFailure("ValueError", "Instances cannot be included or excluded when scaling up.");
  }
  const scaleCompute = parameters.scale_compute === true;
  const { entity, current, max } = scaledEntity(index, name, scaleCompute);
  checkHints(index, { name, scaleCompute, delta }, hints);
  const instances = current + delta;
  if (instances < 0) {
    throw new WorkflowFailure(
      "ValueError",
      `Provided delta: ${delta} is illegal. current number of instances of entity ${name} is ${current}`,
    );
  }
  if (delta > 0 && max >= 0 && instances > max) {
    throw new WorkflowFailure(
      "ValueError",
      `Provided delta: ${delta} is illegal. entity ${name} has ${current} instances and may have at most ${max}`,
    );
  }
  return { name, entity, delta, instances };
}

function scaledEntity(index: DeploymentIndex, name: string, scaleCompute: boolean) {
  const group = index.view.scalingGroups[name];
  if (group) {
    const { current_instances: current, max_instances: max } = group.properties;
    return { entity: name, current: Number(current), max: typeof max === "number" ? max : -1 };
  }
  const node = index.node(name);
  if (!node) throw new WorkflowFailure("ValueError", `No scalable entity named ${name} was found`);
  const host = scaleCompute && node.hostId ? index.node(node.hostId) : undefined;
  const scaled = host ?? node;
  return { entity: scaled.id, current: scaled.numberOfInstances, max: scaled.maxNumberOfInstances ?? -1 };
}
