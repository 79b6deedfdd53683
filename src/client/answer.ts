import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { ErrorBody } from "../api/errors.ts";
import type { Page } from "../api/paging.ts";
import { ConnectionError, RestError } from "./errors.ts";
import { connectionFailure } from "./failure.ts";
import type { TransportRequest, TransportResponse } from "./transport.ts";

/** Reads the body of a successful answer. @throws RestError the server refused */
export async function readAnswer<T>(request: TransportRequest, response: TransportResponse): Promise<T> {
  if (response.status < 200 || response.status > 299) throw await refusal(request, response);
  const text = await readText(request, response);
  if (text === "") return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw strange(response, `something that is not JSON: ${excerpt(text)}`, { cause });
  }
}

/** Reads the body of a successful answer that must be a list. @throws RestError the server refused */
export async function readPage<Item>(request: TransportRequest, response: TransportResponse): Promise<Page<Item>> {
  const answer = await readAnswer<Partial<Page<Item>> | null | undefined>(request, response);
  if (!Array.isArray(answer?.items))
    throw strange(response, `no list: ${excerpt(JSON.stringify(answer) ?? "nothing")}`);
  return answer as Page<Item>;
}

const strange = ({ url }: TransportResponse, what: string, options?: ErrorOptions): ConnectionError =>
  new ConnectionError(
    { kind: "protocol", message: `${withoutQuery(url)} answered ${what}`, sent: true, address: origin(url) },
    options,
  );

/** What the server says when it refuses, whichever of its forms the answer has. */
export async function refusal(request: TransportRequest, response: TransportResponse): Promise<RestError> {
  const text = await readText(request, response);
  const body = envelope(text);
  return new RestError({
    status: response.status,
    code: body?.error_code ?? (response.status === 304 ? "not_modified" : `http_${response.status}`),
    message: body?.message ?? withoutEnvelope(response, text),
    body,
    requestId: header(response.headers, "x-request-id"),
    method: request.method,
    url: response.url,
  });
}

async function readText(request: TransportRequest, { body, url }: TransportResponse): Promise<string> {
  try {
    return (await bytesOf(body)).toString("utf8");
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason;
    throw connectionFailure(error, { address: origin(url), sent: true });
  }
}

/** By events: what a stream's iterator needs takes longer to load than a short answer to read. */
function bytesOf(body: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const cut = () => reject(new Error("the connection was closed before the end of the answer"));
    if (body.destroyed) return cut();
    const chunks: Buffer[] = [];
    body.on("data", (chunk: Buffer) => chunks.push(chunk));
    body.once("error", reject);
    body.once("end", () => resolve(Buffer.concat(chunks)));
    // After an end or an error it comes too late to change anything.
    body.once("close", cut);
  });
}

/** Reads a body for nothing, so that its connection can be used again. */
export function discard(body: Readable): void {
  body.on("error", () => {});
  body.resume();
}

/** The envelope of the API, or that of its audit service (`{detail}`), told in the same words. */
function envelope(text: string): ErrorBody | undefined {
  const parsed = parseObject(text);
  if (!parsed) return undefined;
  if (typeof parsed.message === "string" && typeof parsed.error_code === "string") return parsed as ErrorBody;
  if ("detail" in parsed) return { ...parsed, message: detail(parsed.detail), error_code: "bad_parameters_error" };
  return undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function detail(value: unknown): string {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  return value.map(({ loc, msg }) => (Array.isArray(loc) ? `${loc.join(".")}: ${msg}` : String(msg))).join("; ");
}

function withoutEnvelope({ status, url, headers }: TransportResponse, text: string): string {
  const asked = withoutQuery(url);
  if (status === 304) return "Nothing to change: it is in that state already";
  if (headers.location) return `${asked} answered ${status} and points to ${headers.location}`;
  const said = excerpt(text.replace(/<[^>]*>/g, " "));
  return `${asked} answered ${status}${said && `: ${said}`}`;
}

const excerpt = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
};

/** A query may hold a passphrase. */
const withoutQuery = (url: string): string => url.split("?", 1)[0] ?? url;

const origin = (url: string): string => /^https?:\/\/[^/]+/.exec(url)?.[0] ?? url;

export function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
