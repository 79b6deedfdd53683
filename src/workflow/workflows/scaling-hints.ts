import type { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { WorkflowFailure } from "../program.ts";

export interface ScalingHints {
  /** Instances that shall go, and instances that shall stay. */
  include: readonly string[];
  exclude: readonly string[];
}

/**
 * Whether a node or a scaling group can shrink by `-delta` as the hints say. Instances of a group go by the ids of the
 * group's instances too.
 * @throws WorkflowFailure an instance is unknown or named in both hints, or too many shall stay
 */
export function checkHints(
  index: DeploymentIndex,
  entity: { name: string; scaleCompute: boolean; delta: number },
  { include, exclude }: ScalingHints,
): void {
  if (include.length === 0 && exclude.length === 0) return;
  const isGroup = entity.name in index.view.scalingGroups;
  const groups = isGroup ? groupInstances(index) : new Map<string, string[]>();
  const ofNode = index.view.instances.filter(({ nodeId }) => nodeId === entity.name).map(({ id }) => id);
  const available = new Set(isGroup ? [...groups.keys(), ...[...groups.values()].flat()] : ofNode);
  const problems = [
    listed("The following included instances did not exist", without(include, available)),
    listed("The following excluded instances did not exist", without(exclude, available)),
    listed(
      "The following instances were both excluded and included",
      exclude.filter((id) => include.includes(id)),
    ),
    groups.size > 0 ? tooManyGroups(groups, exclude, entity.delta) : tooMany(available.size, exclude, entity.delta),
    !isGroup && entity.scaleCompute
      ? "Cannot include or exclude instances while scale_compute is True. " +
        "Please specify the desired compute instances and set scale_compute to False. "
      : "",
  ].join("");
  if (problems) throw new WorkflowFailure("RuntimeError", problems + choice(available, groups));
}

/** Instances of all scaling groups with the node instances in them. */
function groupInstances({ view }: DeploymentIndex): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const { id, scalingGroups } of view.instances) {
    for (const group of scalingGroups) members.set(group.id, [...(members.get(group.id) ?? []), id]);
  }
  return members;
}

const without = (ids: readonly string[], available: ReadonlySet<string>) => ids.filter((id) => !available.has(id));

const listed = (problem: string, ids: string[]): string =>
  ids.length > 0 ? `${problem}: ${[...new Set(ids)].join(", ")}. ` : "";

function tooManyGroups(groups: Map<string, string[]>, exclude: readonly string[], delta: number): string {
  const staying = [...groups].filter(([id, members]) => exclude.some((one) => one === id || members.includes(one)));
  const target = groups.size + delta;
  if (target >= staying.length) return "";
  return (
    "Instances from too many different groups were excluded. " +
    `Target number of group instances was ${target}, but ${staying.length} excluded groups.`
  );
}

function tooMany(count: number, exclude: readonly string[], delta: number): string {
  const target = count + delta;
  if (target >= exclude.length) return "";
  return (
    "Target number of instances is less than excluded instance count. " +
    `Target number of instances was ${target}. Excluded instances were: ${exclude.join(", ")}. `
  );
}

function choice(available: ReadonlySet<string>, groups: Map<string, string[]>): string {
  if (groups.size === 0) return `Available instances were: ${[...available].join(", ")}`;
  const named = [...groups].map(([id, members]) => `${id}: ${members.join(", ")}`);
  return `Groups and member instances were: ${named.join("; ")}`;
}
