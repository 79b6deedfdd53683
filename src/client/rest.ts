import { DEFAULT_PAGE_SIZE, type Page } from "../api/paging.ts";
import { version } from "../lib/version.ts";
import { header, readAnswer, readPage, refusal } from "./answer.ts";
import { jsonBody } from "./body.ts";
import { encodeQuery, type Query } from "./query.ts";
import { type RetryPolicy, retrying } from "./retry.ts";
import type { RequestBody, Transport, TransportRequest, TransportResponse } from "./transport.ts";

/** What every call takes. */
export interface CallOptions {
  /** Ends the call; it then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** How often a call that only reads is sent at most. 1 for callers that have a patience of their own. */
  attempts?: number;
}

/** What a call that may wait on the server takes. */
export interface WaitOptions extends CallOptions {
  /** Seconds that the server may hold the request until something changes. */
  wait?: number;
}

export interface Waited<T> {
  value: T;
  /** True: the server held the request (`Preference-Applied: wait`); false: ask again after a pause. */
  waited: boolean;
}

interface Content extends CallOptions {
  query?: Query;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  body?: RequestBody;
  headers?: Record<string, string>;
  readTimeout?: number;
}

/** The words of the API's dialect: paths below `/api/v3.1`, JSON both ways, pages. All throw RestError and ConnectionError. */
export interface Rest {
  get<T>(path: string, query?: Query, options?: CallOptions): Promise<T>;
  /** A GET that the server may hold. */
  poll<T>(path: string, query: Query, options: WaitOptions): Promise<Waited<T>>;
  /** One page, as the wire shows it. With `json` it is asked by POST. */
  page<Item>(path: string, query?: Query, options?: CallOptions & { json?: unknown }): Promise<Page<Item>>;
  /** Every item, page after page; the next page is asked for when the last one is used up. */
  pages<Item>(path: string, query?: Query, options?: CallOptions & { json?: unknown }): AsyncGenerator<Item, void>;
  post<T>(path: string, content?: Content): Promise<T>;
  put<T>(path: string, content?: Content): Promise<T>;
  patch<T>(path: string, content?: Content): Promise<T>;
  delete<T = void>(path: string, content?: Content): Promise<T>;
  /** A GET whose body streams, uncompressed. */
  open(path: string, content?: Content): Promise<TransportResponse>;
}

const API = "/api/v3.1";

// Every call says Content-type, even one without a body: managers have always been talked to in this way.
const COMMON = {
  Accept: "*/*",
  "Content-type": "application/json",
  "Accept-Encoding": "gzip, deflate",
  "User-Agent": `cfy/${version}`,
};

export function restOver(transport: Transport, retry: RetryPolicy): Rest {
  function requestOf(method: string, path: string, content: Content): TransportRequest {
    const query = encodeQuery(content.query ?? {});
    const body = content.body ?? (content.json === undefined ? undefined : jsonBody(content.json));
    return {
      method,
      path: (path.startsWith("/") ? path : `${API}/${path}`) + (query && `?${query}`),
      headers: { ...COMMON, ...content.headers },
      body,
      readTimeout: content.readTimeout,
      signal: content.signal,
    };
  }

  const policyFor = ({ attempts = retry.attempts }: CallOptions): RetryPolicy => ({ ...retry, attempts });

  async function call<T>(method: string, path: string, content: Content = {}): Promise<T> {
    const request = requestOf(method, path, content);
    return retrying(policyFor(content), request, async () => readAnswer<T>(request, await transport.send(request)));
  }

  async function page<Item>(
    path: string,
    query: Query = {},
    { json, ...options }: CallOptions & { json?: unknown } = {},
  ): Promise<Page<Item>> {
    const request = requestOf(json === undefined ? "GET" : "POST", path, { query, json, ...options });
    return retrying(policyFor(options), request, async () => readPage(request, await transport.send(request)));
  }

  return {
    get: (path, query, options) => call("GET", path, { query, ...options }),
    async poll<T>(path: string, query: Query, { wait, signal, attempts }: WaitOptions) {
      const headers: Record<string, string> = wait === undefined ? {} : { Prefer: `wait=${Math.ceil(wait)}` };
      const request = requestOf("GET", path, { query, headers, signal });
      return retrying(policyFor({ attempts }), request, async () => {
        const response = await transport.send(request);
        const waited = /\bwait\b/.test(header(response.headers, "preference-applied") ?? "");
        return { value: await readAnswer<T>(request, response), waited };
      });
    },
    page,
    async *pages<Item>(path: string, query: Query = {}, options: CallOptions & { json?: unknown } = {}) {
      const size = typeof query._size === "number" ? query._size : DEFAULT_PAGE_SIZE;
      for (let offset = typeof query._offset === "number" ? query._offset : 0; ; offset += size) {
        const { items } = await page<Item>(path, { ...query, _size: size, _offset: offset }, options);
        yield* items;
        // The total may be stale, or smaller than what has come; a page that is not full is the last one.
        if (items.length < size || query._get_all_results) return;
      }
    },
    post: (path, content) => call("POST", path, content),
    put: (path, content) => call("PUT", path, content),
    patch: (path, content) => call("PATCH", path, content),
    delete: (path, content) => call("DELETE", path, content),
    async open(path, content = {}) {
      const headers = { "Accept-Encoding": "identity", ...content.headers };
      const request = requestOf("GET", path, { ...content, headers });
      return retrying(retry, request, async () => {
        const response = await transport.send(request);
        if (response.status < 200 || response.status > 299) throw await refusal(request, response);
        return response;
      });
    },
  };
}
