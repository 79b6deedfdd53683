import type { JsonObject } from "../../api/resources.ts";
import type { InstanceView } from "../deployment-view.ts";
import type { DeploymentIndex } from "../lifecycle/deployment-index.ts";

/** Instances that pass all of `type_names`, `node_ids` and `node_instance_ids`; an empty list lets all pass. */
export function filterInstances(index: DeploymentIndex, parameters: JsonObject): InstanceView[] {
  const types = texts(parameters.type_names);
  const nodes = texts(parameters.node_ids);
  const ids = texts(parameters.node_instance_ids);
  return index.view.instances.filter(
    (instance) =>
      (nodes.length === 0 || nodes.includes(instance.nodeId)) &&
      (ids.length === 0 || ids.includes(instance.id)) &&
      (types.length === 0 || types.some((type) => index.nodeOf(instance).typeHierarchy.includes(type))),
  );
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
