import { statusDisplay } from "../../api/statuses.ts";
import type { ListRequest, Repositories } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import type { Permission } from "../identity/permissions.ts";
import { flag, last, type RawQuery } from "../queries/list-query.ts";
import { scopeOf } from "../queries/list-resources.ts";
import { badParameters, notFound } from "../refusal.ts";

type Rows = (request: ListRequest) => Promise<{ items: object[] }>;

interface Summary {
  permission: Permission;
  fields: readonly string[];
  rows(read: Repositories): Rows;
}

const OF_ALL = ["tenant_name", "visibility"];

const SUMMARIES: Readonly<Record<string, Summary>> = {
  blueprints: { permission: "blueprint_list", fields: OF_ALL, rows: (read) => read.blueprints.list },
  deployments: {
    permission: "deployment_list",
    fields: ["blueprint_id", ...OF_ALL, "site_name", "deployment_status"],
    rows: (read) => read.deployments.list,
  },
  executions: {
    permission: "execution_list",
    fields: ["status", "status_display", "blueprint_id", "deployment_id", "workflow_id", ...OF_ALL],
    rows: (read) => read.executions.list,
  },
  execution_schedules: {
    permission: "execution_schedule_list",
    fields: ["deployment_id", "workflow_id", ...OF_ALL],
    rows: (read) => read.executionSchedules.list,
  },
  nodes: { permission: "node_list", fields: ["deployment_id", ...OF_ALL], rows: (read) => read.nodes.list },
  node_instances: {
    permission: "node_instance_list",
    fields: ["deployment_id", "index", "node_id", "state", "host_id", ...OF_ALL],
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
  const { items } = await summary.rows(read)({ scope: scopeOf(who, flag(query, "_all_tenants")), fields: columns });
  const counts = countBy(items, target, kind, sub);
  return { items: counts, metadata: { pagination: { total: counts.length, size: 1000, offset: 0 } } };
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
