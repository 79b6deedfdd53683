import { DEFAULT_PAGE_SIZE } from "../../api/paging.ts";
import { VISIBILITIES } from "../../api/statuses.ts";
import { pythonRepr } from "../../lib/python-text.ts";
import { parseBoolean } from "../booleans.ts";
import { badParameters, Refusal } from "../refusal.ts";

/** A parsed query string: a key given several times holds a list. */
export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface SortKey {
  field: string;
  descending: boolean;
}

export interface TimeRange {
  field: string;
  from?: string;
  to?: string;
}

/** What a list is asked for, checked. */
export interface ListRequest {
  /** Fields that must equal one of the values. */
  filters: Record<string, string[]>;
  sort: SortKey[];
  ranges: TimeRange[];
  size: number;
  offset: number;
  /** Ignore size and offset. */
  all: boolean;
  allTenants: boolean;
  search?: string;
  include?: string[];
}

export interface ListRules {
  /** Fields of the resource: what may be filtered by, sorted by and included. */
  fields: readonly string[];
  /** Fields that may be filtered and sorted by, but are no part of the answer. */
  hiddenFields?: readonly string[];
  /** Fields that hold one of a few words: a filter by another word is a mistake. */
  words?: Readonly<Record<string, readonly string[]>>;
  /** Query keys without underscore that are no filters. */
  ownKeys?: readonly string[];
  defaultSize?: number;
  /** `_sort=label:key` is understood. */
  sortsByLabel?: boolean;
}

/**
 * The query of a list, as Python clients write it.
 * @throws bad_parameters_error for an unknown filter or sort key or a bad page; no_such_include_field_error
 */
export function parseListQuery(query: RawQuery, rules: ListRules): ListRequest {
  const searchable = [...rules.fields, ...(rules.hiddenFields ?? [])];
  const search = last(query["_search"]);
  const include = parseInclude(query["_include"], rules.fields);
  return {
    filters: parseFilters(query, searchable, rules),
    sort: values(query["_sort"]).map((key) => parseSortKey(key, searchable, rules.sortsByLabel ?? false)),
    ranges: values(query["_range"]).map((range) => parseRange(range, searchable)),
    size: parseCount("_size", last(query["_size"]), rules.defaultSize ?? DEFAULT_PAGE_SIZE),
    offset: parseCount("_offset", last(query["_offset"]), 0),
    all: flag(query, "_get_all_results"),
    allTenants: flag(query, "_all_tenants"),
    ...(search ? { search: search.normalize("NFKC") } : {}),
    ...(include ? { include } : {}),
  };
}

/** Every value of a key that may be given several times. */
export const values = (value: string | readonly string[] | undefined): readonly string[] => {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
};

/** The value of a key that is given once; of several, the last. */
export const last = (value: string | readonly string[] | undefined): string | undefined => values(value).at(-1);

export const flag = (query: RawQuery, key: string, absent = false): boolean => {
  const value = last(query[key]);
  return value === undefined || value === "" ? absent : parseBoolean(value, key);
};

/** @throws no_such_include_field_error */
export function parseInclude(include: RawQuery[string], fields: readonly string[]): string[] | undefined {
  const asked = values(include)
    .flatMap((list) => list.split(","))
    .filter((field) => field !== "");
  if (asked.length === 0) return undefined;
  const unknown = asked.filter((field) => !fields.includes(field));
  if (unknown.length > 0) {
    throw new Refusal("no_such_include_field_error", missingKeys("Include", unknown, fields));
  }
  return asked;
}

function parseFilters(
  query: RawQuery,
  fields: readonly string[],
  { ownKeys = [], words = {} }: ListRules,
): Record<string, string[]> {
  const keys = Object.keys(query).filter((key) => !key.startsWith("_") && !ownKeys.includes(key));
  const unknown = keys.filter((key) => !fields.includes(key));
  if (unknown.length > 0) throw badParameters(missingKeys("Filter", unknown, fields));
  for (const [key, known] of Object.entries({ visibility: VISIBILITIES, ...words })) {
    const stranger = values(query[key]).find((word) => !(known as readonly string[]).includes(word));
    if (keys.includes(key) && stranger !== undefined)
      throw badParameters(`Invalid ${key}: ${stranger}. Known are: ${known.join(", ")}`);
  }
  return Object.fromEntries(keys.map((key) => [key, [...values(query[key])]]));
}

function parseSortKey(key: string, fields: readonly string[], sortsByLabel: boolean): SortKey {
  const descending = key.startsWith("-");
  const field = key.replace(/^[+-]/, "").replace(/^@/, "");
  if (!fields.includes(field) && !(sortsByLabel && field.startsWith("label:"))) {
    throw badParameters(missingKeys("Sort", [key.replace(/^[+-]/, "")], fields));
  }
  return { field, descending };
}

function parseRange(range: string, fields: readonly string[]): TimeRange {
  const [name = "", from = "", to = "", ...rest] = range.split(",");
  const field = name.replace(/^@/, "");
  if (rest.length > 0 || !fields.includes(field)) {
    throw badParameters(`The range ${pythonRepr(range)} is not of the form <field>,<from>,<to> with a known field`);
  }
  return { field, ...(from ? { from: parseTime(from) } : {}), ...(to ? { to: parseTime(to) } : {}) };
}

/** A time as clients write it, in the form in which times are stored. @throws bad_parameters_error */
export function parseTime(text: string): string {
  // A time without a zone is meant in UTC, as all times of the API are.
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(" ", "T")}${text.length > 10 ? "Z" : ""}`;
  const milliseconds = Date.parse(zoned);
  if (Number.isNaN(milliseconds))
    throw badParameters(`${pythonRepr(text)} is not a time. Write it as 2026-01-31T10:30:00.000Z`);
  return new Date(milliseconds).toISOString();
}

function parseCount(key: string, text: string | undefined, absent: number): number {
  if (text === undefined) return absent;
  const count = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(count)) {
    throw badParameters(
      `1 validation error for Pagination\n${key}\n  value is not a valid integer (type=type_error.integer)`,
    );
  }
  if (count < 0) {
    throw badParameters(
      `1 validation error for Pagination\n${key}\n  ensure this value is greater than or equal to 0 (type=value_error.number.not_ge; limit_value=0)`,
    );
  }
  // More than any list has, and the most that can be counted to.
  return Math.min(count, Number.MAX_SAFE_INTEGER);
}

const missingKeys = (kind: string, unknown: readonly string[], allowed: readonly string[]): string =>
  `${kind} keys '${pythonRepr([...unknown])}' do not exist. Allowed keys are: ${pythonRepr([...allowed])}`;
