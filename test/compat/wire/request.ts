import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { parsedBody } from "./body.ts";
import type { Exchange, RecordedBody } from "./recording.ts";
import { generalised, type Wildcards } from "./wildcards.ts";

/** A request in the form of the recordings. */
export type SentRequest = Pick<Exchange, "method" | "path" | "query" | "headers" | "body">;

const HEADERS = ["Tenant", "Authorization", "Authentication-Token", "Content-Type"] as const;

export async function sentRequest(request: IncomingMessage): Promise<SentRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? "/", "http://manager");
  return {
    method: request.method ?? "",
    path: decodeURIComponent(url.pathname),
    query: [...url.searchParams],
    headers: headersOf(request.headers),
    body: parsedBody(Buffer.concat(chunks), request.headers["content-type"] ?? ""),
  };
}

function headersOf(headers: IncomingHttpHeaders): Record<string, string> {
  const found = HEADERS.map((name) => [name, headers[name.toLowerCase()]] as const);
  return Object.fromEntries(
    found.filter((pair): pair is [(typeof HEADERS)[number], string] => typeof pair[1] === "string"),
  );
}

/** Requests of one key get their answers in turn. The order of query parameters says nothing. */
export const requestKey = (
  { method, path, query }: Pick<Exchange, "method" | "path" | "query">,
  wildcards: Wildcards,
) => generalised(`${method} ${decodeURIComponent(path)}?${sorted(query)}`, wildcards);

const sorted = (query: Exchange["query"]): string =>
  query
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("&");

/** A list, whichever part of it is asked for. */
export const withoutPosition = (path: string, query: Exchange["query"]): string =>
  `${decodeURIComponent(path)}?${sorted(query.filter(([name]) => name !== "_offset" && name !== "_size"))}`;

const POLLED_PAGE = "100";

/**
 * The kind of a request. How often a follow reads, and how far it has got each time, is its own business:
 * so the offset of its pages does not count.
 */
export function kindOf({ method, path, query, headers }: SentRequest, wildcards: Wildcards): string {
  const isPoll = path.endsWith("/events") && new Map(query).get("_size") === POLLED_PAGE;
  const counted = isPoll ? query.filter(([name]) => name !== "_offset") : query;
  const who = headers.Authorization ?? headers["Authentication-Token"] ?? "nobody";
  return `${requestKey({ method, path, query: counted }, wildcards)} [tenant ${headers.Tenant ?? "-"}, ${who}]`;
}

/** The body as text that can be compared. Of a recorded upload no more may be left than that there was one. */
export function bodyText(body: RecordedBody, wildcards: Wildcards, like: RecordedBody = body): string {
  if (body === null) return "no body";
  if (like !== null && "binary" in like) return "bytes";
  return generalised(JSON.stringify(comparable(body)), wildcards);
}

/** Bytes are not compared: an archive is never the same twice. Keys of an object have no order, and neither have labels. */
function comparable(body: RecordedBody): unknown {
  if (body === null) return null;
  if ("json" in body) return withSortedKeys(body.json);
  if ("binary" in body) return "bytes";
  if ("multipart" in body)
    return body.multipart.map((part) => ({ headers: part.headers, body: comparable(part.body) }));
  return comparable(parsedBody(Buffer.from(body.text, "latin1"), ""));
}

const asSet = (labels: readonly unknown[]): string[] =>
  labels.map((label) => JSON.stringify(withSortedKeys(label))).sort();

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== "object" || value === null) return value;
  const pairs = Object.entries(value).map(([key, inner]): [string, unknown] => [
    key,
    key === "labels" && Array.isArray(inner) ? asSet(inner) : withSortedKeys(inner),
  ]);
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}
