import type { JsonObject } from "../../api/resources.ts";
import type { DeploymentUpdateRow, NodeInstanceRow } from "../../storage/index.ts";
import { detailsOf, type UpdateDetails } from "./details.ts";

/** What an update does to node instances. */
export interface InstanceChanges {
  added: string[];
  removed: string[];
  /** They stay, with other properties. */
  changed: string[];
  /** Between instances that stay. */
  extended: { sourceId: string; targetId: string }[];
  reduced: { sourceId: string; targetId: string }[];
}

export function instancesChangedBy(
  update: DeploymentUpdateRow,
  instances: readonly NodeInstanceRow[],
): InstanceChanges {
  const { deployment_update_nodes: nodes, deployment_update_node_instances: sides = {} } = detailsOf(update);
  const side = (name: string, modification: string) =>
    (sides[name] ?? []).filter((one) => one["modification"] === modification);
  const added = side("added_and_related", "added").map(({ id }) => String(id));
  const removed = side("removed_and_related", "removed").map(({ id }) => String(id));
  const passing = new Set([...added, ...removed]);
  const pairs = (some: JsonObject[]) =>
    some
      .flatMap(({ id, relationships }) =>
        ((relationships ?? []) as JsonObject[]).map((each) => ({
          sourceId: String(id),
          targetId: String(each["target_id"]),
        })),
      )
      .filter(({ targetId }) => !passing.has(targetId));
  const changedNodes = new Set(
    Object.entries(nodes?.modify_attributes ?? {})
      .filter(([, attributes]) => attributes.includes("properties"))
      .map(([id]) => id),
  );
  return {
    added,
    removed,
    changed: instances.filter(({ id, node_id }) => changedNodes.has(node_id) && !passing.has(id)).map(({ id }) => id),
    extended: pairs(side("extended_and_related", "extended")),
    reduced: pairs(side("reduced_and_related", "reduced")),
  };
}

const ENTITY_TYPES = [
  "node",
  "relationship",
  "property",
  "operation",
  "workflow",
  "output",
  "description",
  "group",
  "policy_type",
  "policy_trigger",
  "plugin",
];

/** What a workflow that stands in for the update's own gets to know. */
export function workflowParameters(
  update: DeploymentUpdateRow,
  changes: InstanceChanges,
  asked: JsonObject,
): JsonObject {
  const targets = (pairs: InstanceChanges["extended"]) => [...new Set(pairs.map(({ targetId }) => targetId))];
  const sources = (pairs: InstanceChanges["extended"]) => [...new Set(pairs.map(({ sourceId }) => sourceId))];
  const relatedTo = (side: string, own: string[]) =>
    (detailsOf(update).deployment_update_node_instances?.[side] ?? [])
      .map(({ id }) => String(id))
      .filter((id) => !own.includes(id));
  return {
    update_id: update.id,
    modified_entity_ids: modifiedEntities(detailsOf(update)),
    added_instance_ids: changes.added,
    added_target_instances_ids: relatedTo("added_and_related", changes.added),
    removed_instance_ids: changes.removed,
    remove_target_instance_ids: relatedTo("removed_and_related", changes.removed),
    extended_instance_ids: sources(changes.extended),
    extend_target_instance_ids: targets(changes.extended),
    reduced_instance_ids: sources(changes.reduced),
    reduce_target_instance_ids: targets(changes.reduced),
    skip_install: asked["skip_install"] === true,
    skip_uninstall: asked["skip_uninstall"] === true,
    ignore_failure: asked["ignore_failure"] === true,
    install_first: asked["install_first"] === true,
    node_instances_to_reinstall: null,
    central_plugins_to_install: null,
    central_plugins_to_uninstall: null,
    update_plugins: asked["update_plugins"] !== false,
  };
}

function modifiedEntities({ steps = [] }: UpdateDetails): JsonObject {
  const entities = Object.fromEntries(
    ENTITY_TYPES.map((type) => {
      const named = steps.filter(({ entity_type }) => entity_type === type).map(({ entity_id }) => entity_id[1] ?? "");
      return [type, [...new Set(named)]];
    }),
  );
  return { ...entities, relationship: {}, rel_mappings: {} };
}
