import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../api/resources.ts";
import type { Plan } from "../../dsl/index.ts";
import type { BlueprintRow, DeploymentGroupRow, UnitOfWork } from "../../storage/index.ts";
import { visibleBlueprint } from "../blueprints/list.ts";
import { createDeployment } from "../deployments/create.ts";
import { matchingDeployments, visibleDeployment } from "../deployments/list.ts";
import { insertGroup } from "../execution-groups/start.ts";
import { parseFilterRules } from "../filters/filter-rules.ts";
import { visibleFilter } from "../filters/stored-filters.ts";
import type { Identity } from "../identity/identity.ts";
import type { LabelPair } from "../labels/parse-labels.ts";
import { Refusal } from "../refusal.ts";
import { labelsOfGroup } from "./labels.ts";
import { deploymentGroup } from "./list.ts";

/** Which deployments a request speaks of; all of them together. */
export interface MemberSelection {
  deploymentIds?: readonly string[];
  filterId?: string;
  filterRules?: unknown;
  /** Members of another group. */
  fromGroup?: string;
}

export interface NewMember {
  /** May hold `{group_id}`, `{uuid}`, `{blueprint_id}`, `{count}` and `{site_name}`. */
  id?: string;
  inputs: JsonObject;
  labels: readonly LabelPair[];
  displayName?: string;
  siteName?: string;
  runtimeOnlyEvaluation: boolean;
}

/** How many environments of new members are made at a time. */
const CREATION_CONCURRENCY = 10;

/** @throws not_found_error when one of the named deployments, filters or groups does not exist */
export async function selectedDeployments(
  tx: UnitOfWork,
  who: Identity,
  { deploymentIds = [], filterId, filterRules, fromGroup }: MemberSelection,
): Promise<string[]> {
  for (const id of deploymentIds) await visibleDeployment(tx, who, id);
  const rules = [
    ...(filterId ? (await visibleFilter(tx, who, "deployments", filterId)).value : []),
    ...(Array.isArray(filterRules) ? filterRules : []),
  ];
  const filtered =
    rules.length > 0 ? await matchingDeployments(tx, who, {}, { rules: parseFilterRules(rules, "deployments") }) : [];
  const others = fromGroup
    ? await tx.deploymentGroups.members(who.tenant, (await deploymentGroup(tx, who, fromGroup)).id)
    : [];
  return [...new Set([...deploymentIds, ...filtered.map(({ id }) => id), ...others])];
}

/**
 * Makes deployments of the group's blueprint and adds them to the group; their environments are made by a group of
 * executions. @throws conflict_error when the group has no blueprint
 */
export async function createMembers(
  tx: UnitOfWork,
  who: Identity,
  group: DeploymentGroupRow,
  members: readonly NewMember[],
): Promise<void> {
  if (members.length === 0) return;
  const blueprintId = group.default_blueprint_id;
  if (!blueprintId) {
    throw new Refusal("conflict_error", `Cannot create deployments: group ${group.id} has no default blueprint set`);
  }
  const blueprint = await visibleBlueprint(tx, who, blueprintId);
  const groupLabels = await labelsOfGroup(tx, who.tenant, group.id);
  const creations: string[] = [];
  let count = group.creation_counter;
  for (const member of members) {
    const known = { group_id: group.id, blueprint_id: blueprintId, count, site_name: member.siteName ?? "" };
    const fill = filler({ ...known, uuid: randomUUID() });
    const displayName = member.displayName ?? displayNameOf(blueprint);
    const request = {
      id: fill(member.id ?? idTemplateOf(blueprint)),
      blueprintId,
      inputs: { ...group.default_inputs, ...member.inputs },
      visibility: group.visibility,
      labels: uniqueLabels([...member.labels, ...groupLabels]),
      runtimeOnlyEvaluation: member.runtimeOnlyEvaluation,
      ...(displayName ? { displayName: fill(displayName) } : {}),
      ...(member.siteName ? { siteName: member.siteName } : {}),
    };
    const isHeld = creations.length >= CREATION_CONCURRENCY;
    const created = await createDeployment(tx, who, request, { isHeld });
    count += 1;
    await tx.deploymentGroups.addMembers(who.tenant, group.id, [created.id]);
    if (created.create_execution) creations.push(created.create_execution);
  }
  await tx.deploymentGroups.update(who.tenant, group.id, { creation_counter: count });
  const id = randomUUID();
  await insertGroup(tx, who, {
    id,
    deploymentGroupId: group.id,
    workflowId: "create_deployment_environment",
    concurrency: CREATION_CONCURRENCY,
  });
  await tx.executionGroups.addMembers(id, creations);
}

/** Puts what is known of a deployment into a template. */
const filler = (known: Record<string, string | number>) => (template: string) =>
  template.replace(/\{(\w+)\}/g, (written, name: string) => String(known[name] ?? written));

/** A name that asks functions is told when the deployment is there. */
function displayNameOf({ plan }: BlueprintRow): string | undefined {
  const name = (plan as unknown as Plan | null)?.deployment_settings?.display_name;
  return typeof name === "string" ? name : undefined;
}

const uniqueLabels = (labels: readonly LabelPair[]): LabelPair[] => [
  ...new Map(labels.map((label) => [`${label.key}=${label.value}`, label])).values(),
];

/**
 * How the ids of a blueprint's deployments are made up when nobody names them.
 * @throws conflict_error when the blueprint would give every deployment the same id
 */
function idTemplateOf({ id, plan }: BlueprintRow): string {
  const template = (plan as unknown as Plan | null)?.deployment_settings?.id_template ?? "{group_id}-{uuid}";
  if (/\{(?:uuid|count)\}/.test(template)) return template;
  throw new Refusal(
    "conflict_error",
    `The id_template of blueprint ${id}, "${template}", gives every deployment the same id: it needs {uuid} or {count}`,
  );
}
