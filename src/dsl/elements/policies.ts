// Scaling policies, and the groups that scale as one.
import { formatError, logicError } from "../errors.ts";
import { nearestHint } from "../nearest.ts";
import { at, atKeys, type Path } from "../path.ts";
import type { PlanGroup, PlanNode, PlanPolicy, PlanScalingGroup } from "../plan.ts";
import { mapValues, own } from "../records.ts";
import type { ElementContext } from "./context.ts";
import { findCircle } from "./hosting.ts";
import { isContainedIn } from "./relationships.ts";
import { parseCounts } from "./scalable.ts";
import { checkShape, dict, list, namedEntries, required, type Shape, text } from "./shape.ts";

const SHAPE: Shape = { type: required(text), targets: required(list), properties: dict };
const SECTION: Path = at(null, "policies");
const SCALING = "cloudify.policies.scaling";

type Groups = Readonly<Record<string, PlanGroup>>;

/** Members by name of the group. */
type Members = Readonly<Record<string, { members: readonly string[] }>>;

export function parsePolicies(raw: unknown, groups: Groups, written: object, context: ElementContext) {
  const policies: Record<string, PlanPolicy> = {};
  for (const [name, body] of namedEntries(raw, SECTION, context)) {
    const path = at(SECTION, name);
    const policy = context.diagnostics.guard(() => parsePolicy(body, path, groups, written, context));
    if (policy) policies[name] = policy;
  }
  return policies;
}

function parsePolicy(
  raw: unknown,
  path: Path,
  groups: Groups,
  written: object,
  context: ElementContext,
): PlanPolicy | undefined {
  const fields = checkShape(raw, SHAPE, path, context);
  if (!fields) return undefined;
  const type = fields["type"] as string;
  if (type !== SCALING) {
    throw logicError(204, `there is no policy type ${JSON.stringify(type)}`, {
      at: at(path, "type"),
      hint: `the only one is ${SCALING}`,
    });
  }
  const targets = fields["targets"] as unknown[];
  const targetsPath = at(path, "targets");
  if (targets.length === 0) throw logicError(206, "a policy needs a target", { at: targetsPath });
  for (const [index, target] of targets.entries()) {
    if (target !== null && typeof target !== "string") {
      throw formatError("a target is the name of a group", { at: at(targetsPath, index) });
    }
    if (target === null || !Object.hasOwn(written, target)) {
      const hint = nearestHint(target ?? "", Object.keys(groups)) ?? "declare it in groups";
      throw logicError(205, `${JSON.stringify(target)} is no group`, { at: at(targetsPath, index), hint });
    }
  }
  const properties = parseCounts(fields["properties"], at(path, "properties"), context);
  return properties && { type, targets: targets as string[], properties };
}

/**
 * Groups that are targets of policies.
 * Checks, in this order: 200 groups in a circle, 201 a member of two scaling groups, 202 mixed containment.
 */
export function scalingGroups(
  policies: Readonly<Record<string, PlanPolicy>>,
  groups: Groups,
  nodes: readonly PlanNode[],
  context: ElementContext,
): Record<string, PlanScalingGroup> {
  const scaling: Record<string, PlanScalingGroup> = {};
  for (const { targets, properties } of Object.values(policies)) {
    for (const target of targets) {
      const group = own(groups, target);
      if (group) scaling[target] = { members: group.members, properties };
    }
  }
  const containers = containersOf(nodes);
  const sound = context.diagnostics.guard(() => {
    checkCircle(scaling);
    const partOf = groupOfEach(scaling);
    for (const name in scaling) checkContainment(name, scaling, containers, partOf);
    return true;
  });
  if (!sound) return {};
  return mapValues(scaling, (group) => ({ ...group, members: outermost(group.members, scaling, containers) }));
}

const groupPath = (name: string) => atKeys(null, "groups", name, "members");

function checkCircle(groups: Members): void {
  const edges = new Map(
    Object.entries(groups).map(([name, { members }]) => [name, members.filter((m) => Object.hasOwn(groups, m))]),
  );
  const circle = findCircle(edges);
  if (!circle) return;
  throw logicError(200, `groups contain each other in a circle: ${circle.join(" -> ")}`, {
    at: groupPath(circle[0] ?? ""),
    hint: "remove one membership",
  });
}

/** The one scaling group that each member is in. @throws DslError 201 */
function groupOfEach(scaling: Members): Map<string, string> {
  const groupOf = new Map<string, string>();
  for (const [name, { members }] of Object.entries(scaling)) {
    for (const member of members) {
      const other = groupOf.get(member);
      if (other !== undefined) {
        throw logicError(201, `${member} is a member of two scaling groups, ${other} and ${name}`, {
          at: groupPath(name),
          hint: "nest one group in the other, or remove a membership",
        });
      }
      groupOf.set(member, name);
    }
  }
  return groupOf;
}

/** All nodes that a node is contained in, innermost first. */
type Containers = (node: string) => readonly string[];

function containersOf(nodes: readonly PlanNode[]): Containers {
  const direct = new Map(nodes.map((node) => [node.id, node.relationships.find(isContainedIn)?.target_id]));
  const known = new Map<string, string[]>();
  return (node) => {
    const chain = known.get(node) ?? [];
    if (known.has(node)) return chain;
    for (let next = direct.get(node); next !== undefined && chain.length <= nodes.length; next = direct.get(next)) {
      chain.push(next);
    }
    known.set(node, chain);
    return chain;
  };
}

/** Nodes of a group and of the groups in it. */
function nodesOf(group: string, groups: Members): Set<string> {
  const nodes = new Set<string>();
  const seen = new Set([group]);
  const waiting = [group];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const member of own(groups, next)?.members ?? []) {
      if (!Object.hasOwn(groups, member)) nodes.add(member);
      else if (!seen.has(member)) {
        seen.add(member);
        waiting.push(member);
      }
    }
  }
  return nodes;
}

/**
 * Members scale together. So once one of them is contained in a node, all must be in that node, or their outermost
 * containers must scale together too: be in groups that are, in the end, parts of one.
 */
function checkContainment(name: string, groups: Members, containers: Containers, partOf: ReadonlyMap<string, string>) {
  const root = (node: string) => containers(node).at(-1) ?? node;
  const members = [...nodesOf(name, groups)];
  const contained = members.find((node) => containers(node).length > 0);
  if (contained === undefined) return;
  const outermost = root(contained);
  const whole = outermostGroup(outermost, partOf);
  const stranger = members.find(
    (node) => root(node) !== outermost && (whole === undefined || outermostGroup(root(node), partOf) !== whole),
  );
  if (stranger === undefined) return;
  throw logicError(202, `${contained} and ${stranger} of the scaling group ${name} share no containing node`, {
    at: groupPath(name),
    hint: `${contained} is contained in ${outermost}, which is not in the group: add it, or split the group`,
  });
}

/** The scaling group that the group of a node is part of in the end. */
function outermostGroup(node: string, partOf: ReadonlyMap<string, string>): string | undefined {
  let group = partOf.get(node);
  for (let next = group; next !== undefined; next = partOf.get(next)) group = next;
  return group;
}

/** Members without those that are contained in another member: they scale with it anyway. */
function outermost(members: readonly string[], groups: Members, containersOfNode: Containers): string[] {
  const nodes = new Map(
    members.map((member) => [member, Object.hasOwn(groups, member) ? nodesOf(member, groups) : new Set([member])]),
  );
  const memberOf = new Map<string, string>();
  for (const [member, own] of nodes) for (const node of own) memberOf.set(node, member);
  return members.filter((member) => {
    const isInsideOther = (node: string) =>
      containersOfNode(node).some((container) => (memberOf.get(container) ?? member) !== member);
    return ![...(nodes.get(member) ?? [])].some(isInsideOther);
  });
}
