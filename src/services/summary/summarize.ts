import { EXECUTION_STATUSES, statusDisplay } from "../../api/statuses.ts";
import type { Listed, ListRequest, Repositories } from "../../storage/index.ts";
import { BLUEPRINT_FIELDS } from "../blueprints/view.ts";
import { COMPUTED_DEPLOYMENT_FIELDS, DEPLOYMENT_FIELDS } from "../deployments/view.ts";
import { EXECUTION_SCHEDULE_FIELDS } from "../execution-schedules/view.ts";
import { EXECUTION_FIELDS } from "../executions/view.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import type { Permission } from "../identity/permissions.ts";
import { NODE_INSTANCE_FIELDS } from "../node-instances/view.ts";
import { NODE_FIELDS } from "../nodes/view.ts";
import { type ListRules, last, parseListQuery, type RawQuery } from "../queries/list-query.ts";
import { allRows, pageSize } from "../queries/list-resources.ts";
import { badParameters, notFound } from "../refusal.ts";

type Rows = (request: ListRequest) => Promise<Listed<object>>;

interface Summary {
  permission: Permission;
  /** What is counted by. */
  fields: readonly string[];
  /** Fields of the resource: what is counted may be filtered by them. */
  of: Pick<ListRules, "fields" | "words" | "ownKeys"> & { computed?: readonly string[] };
  /** Which group it is narrowed to. */
  group?(query: RawQuery): string | undefined;
  rows(read: Repositories): Rows;
}

const OF_ALL = ["tenant_name", "visibility"];

const SUMMARIES: Readonly<Record<string, Summary>> = {
  blueprints: {
    permission: "blueprint_list",
    fields: OF_ALL,
    of: { fields: BLUEPRINT_FIELDS },
    rows: (read) => read.blueprints.list,
  },
  deployments: {
    permission: "deployment_list",
    fields: ["blueprint_id", ...OF_ALL, "site_name", "deployment_status"],
    of: { fields: DEPLOYMENT_FIELDS, ownKeys: ["deployment_group_id"], computed: COMPUTED_DEPLOYMENT_FIELDS },
    group: (query) => last(query["_group_id"]) ?? last(query["deployment_group_id"]),
    rows: (read) => read.deployments.list,
  },
  executions: {
    permission: "execution_list",
    fields: ["status", "status_display", "blueprint_id", "deployment_id", "workflow_id", ...OF_ALL],
    of: { fields: EXECUTION_FIELDS, words: { status: EXECUTION_STATUSES }, ownKeys: ["execution_group_id"] },
    group: (query) => last(query["_group_id"]) ?? last(query["execution_group_id"]),
    rows: (read) => read.executions.list,
  },
  execution_schedules: {
    permission: "execution_schedule_list",
    fields: ["deployment_id", "workflow_id", ...OF_ALL],
    of: { fields: EXECUTION_SCHEDULE_FIELDS },
    rows: (read) => read.executionSchedules.list,
  },
  nodes: {
    permission: "node_list",
    fields: ["deployment_id", ...OF_ALL],
    of: { fields: NODE_FIELDS },
    rows: (read) => read.nodes.list,
  },
  node_instances: {
    permission: "node_instance_list",
    fields: ["deployment_id", "index", "node_id", "state", "host_id", ...OF_ALL],
    of: { fields: NODE_INSTANCE_FIELDS },
    rows: (read) => read.nodeInstances.list,
  },
};

type Count = Record<string, unknown>;

/** How many there are of each value of a field, and within those of a second one. @throws bad_parameters_error */
export async function summarize(read: Repositories, who: Identity, kind: string, query: RawQuery) {
  const summary = SUMMARIES[kind];
  if (!summary) throw notFound("Summary", kind);
  authorize(who, summary.permission);
  const target = summaryField("_target_field", last(query["_target_field"]), summary);
  const sub = last(query["_sub_field"]) ? summaryField("_sub_field", last(query["_sub_field"]), summary) : undefined;
  const columns = [...new Set([target, sub].flatMap((field) => (field ? [columnOf(field)] : [])))];
  const { all, size, offset } = parseListQuery(query, { ...summary.of, defaultSize: await pageSize(read) });
  const group = summary.group?.(query);
  const rows = await allRows(who, query, {
    ...summary.of,
    ...(group ? { narrowing: { group } } : {}),
    rows: (request) => summary.rows(read)({ ...request, fields: columns, sort: [] }),
  });
  const counts = countBy(rows, target, kind, sub);
  const page = all ? counts : counts.slice(offset, offset + size);
  return { items: page, metadata: { pagination: { total: counts.length, size, offset } } };
}

const columnOf = (field: string): string => (field === "status_display" ? "status" : field);

function shownValue(row: object, field: string): unknown {
  const value = (row as Record<string, unknown>)[columnOf(field)];
  return field === "status_display" ? statusDisplay(value as Parameters<typeof statusDisplay>[0]) : value;
}

function countBy(rows: readonly object[], field: string, kind: string, sub?: string): Count[] {
  const groups = new Map<unknown, object[]>();
  for (const row of rows) {
    const value = shownValue(row, field);
    const members = groups.get(value);
    if (members) members.push(row);
    else groups.set(value, [row]);
  }
  return [...groups].map(([value, members]) => ({
    [field]: value,
    [kind]: members.length,
    ...(sub ? { [`by ${sub}`]: countBy(members, sub, kind) } : {}),
  }));
}

function summaryField(key: string, field: string | undefined, { fields }: Summary): string {
  if (field !== undefined && fields.includes(field)) return field;
  throw badParameters(
    `1 validation error for SummaryRequest\n${key}\n  Invalid summary field: ${field}. Allowed values: ${fields.join(", ")} (type=value_error)`,
  );
}
