import type { JsonObject } from "../../api/resources.ts";
import type { InstanceView } from "../deployment-view.ts";
import { textsOf } from "../json-values.ts";
import type { DeploymentIndex } from "../lifecycle/deployment-index.ts";

/** Instances that pass all of `type_names`, `node_ids` and `node_instance_ids`; an empty list lets all pass. */
export function filterInstances(index: DeploymentIndex, parameters: JsonObject): InstanceView[] {
  const types = textsOf(parameters.type_names);
  const nodes = textsOf(parameters.node_ids);
  const ids = textsOf(parameters.node_instance_ids);
  return index.view.instances.filter(
    (instance) =>
      (nodes.length === 0 || nodes.includes(instance.nodeId)) &&
      (ids.length === 0 || ids.includes(instance.id)) &&
      (types.length === 0 || types.some((type) => index.nodeOf(instance).typeHierarchy.includes(type))),
  );
}
