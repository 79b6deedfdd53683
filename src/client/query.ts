import type { QueryValue } from "../api/paging.ts";

export type Query = Readonly<Record<string, QueryValue>>;

/**
 * The query as managers read it: booleans in Python's spelling, several values as repeated keys, and only
 * `_include` as one comma-separated value. Absent and null values are left out.
 */
export function encodeQuery(query: Query): string {
  const pairs = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    if (!Array.isArray(value)) pairs.append(key, spell(value as string | number | boolean));
    else if (key === "_include") pairs.append(key, value.join(","));
    else for (const one of value) pairs.append(key, spell(one));
  }
  return pairs.toString();
}

const spell = (value: string | number | boolean): string =>
  typeof value === "boolean" ? (value ? "True" : "False") : String(value);

/** One segment of a path: a `/` in an id stays in the id. */
export const enc = encodeURIComponent;
