import { pythonRepr } from "../../lib/python-text.ts";
import type { EventQuery } from "../../storage/index.ts";
import { type Identity, isAdmin } from "../identity/identity.ts";
import { parseListQuery, type RawQuery, values } from "../queries/list-query.ts";
import { badParameters } from "../refusal.ts";
import { EVENT_FIELDS } from "./view.ts";

/** What the wire calls a field of an event, beside the field's own name. */
const ALIASES: Readonly<Record<string, string>> = { node_id: "node_instance_id", "message.text": "message" };
const FILTERS = [
  "type",
  "execution_id",
  "execution_group_id",
  "deployment_id",
  "blueprint_id",
  "node_instance_id",
  "event_type",
  "level",
  "operation",
  "message",
];
const RANGES = ["timestamp", "reported_timestamp"] as const;
const DEFAULT_SIZE = 10_000;

export interface ParsedEventQuery extends EventQuery {
  size: number;
  offset: number;
  include: string[] | undefined;
}

/** @throws bad_parameters_error for a filter, range or sort key that events do not have */
export function parseEventQuery(who: Identity, query: RawQuery): ParsedEventQuery {
  // Fields that events do not have are left out of the answer, not refused as elsewhere.
  const { _include, ...rest } = query;
  const request = parseListQuery(unaliased(rest), { fields: Object.keys(EVENT_FIELDS), defaultSize: DEFAULT_SIZE });
  const { message, ...filters } = request.filters;
  const unknown = Object.keys(filters).filter((key) => !FILTERS.includes(key));
  if (unknown.length > 0) throw badParameters(`Unknown field to filter by: ${unknown[0]}`);
  const include = values(_include).flatMap((list) => list.split(","));
  return {
    tenant: who.tenant,
    ...(isAdmin(who) ? {} : { privateOf: who.username }),
    equal: filters,
    message: message ?? [],
    ranges: request.ranges.map(({ field, from, to }) => ({ field: ranged(field), from, before: to })),
    sort: request.sort.map(({ field, descending }) => ({ field: EVENT_FIELDS[field] ?? field, descending })),
    size: request.size,
    offset: request.offset,
    include: include.length > 0 ? include : undefined,
  };
}

function unaliased(query: RawQuery): RawQuery {
  return Object.fromEntries(Object.entries(query).map(([key, value]) => [ALIASES[key] ?? key, value]));
}

function ranged(field: string): (typeof RANGES)[number] {
  const known = RANGES.find((range) => range === field);
  if (known) return known;
  throw badParameters(`Events have no range of ${pythonRepr(field)}, only of ${RANGES.join(" and ")}`);
}
