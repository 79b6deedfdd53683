import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Exchange } from "./recording.ts";
import { requestKey, type SentRequest, sentRequest, withoutPosition } from "./request.ts";
import type { Wildcards } from "./wildcards.ts";

interface Row {
  [field: string]: unknown;
}

/** Serves the answers of a recording on a loopback port, each request its own in turn, and keeps what it was asked. */
export class RecordedManager {
  readonly requests: SentRequest[] = [];
  /** Requests since the last one that still found a new answer: a client that goes on asking has nothing to hope for. */
  stale = 0;
  readonly #answers = new Map<string, Exchange[]>();
  readonly #listed = new Map<string, Row[]>();
  readonly #wildcards: Wildcards;
  readonly #server: Server;

  constructor(exchanges: readonly Exchange[], wildcards: Wildcards) {
    this.#wildcards = wildcards;
    const last = new Map<string, Exchange>();
    for (const exchange of exchanges) {
      const key = requestKey(exchange, wildcards);
      const previous = last.get(key);
      const same = exchange.response !== null && "$same_as_previous" in exchange.response;
      const answer = same && previous ? { ...exchange, response: previous.response } : exchange;
      last.set(key, answer);
      this.#answers.set(key, [...(this.#answers.get(key) ?? []), answer]);
      this.#keepRows(answer);
    }
    this.#server = createServer(async (request, response) => {
      const sent = await sentRequest(request);
      this.requests.push(sent);
      const { status, headers, body } = this.#answer(sent);
      response.writeHead(status, { ...headers, "Content-Length": body.length });
      response.end(status === 204 || status === 304 ? undefined : body);
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Rows by their place in the whole list, so that a page that nobody asked for then can be answered too. */
  #keepRows({ method, path, query, response }: Exchange): void {
    if (method !== "GET" || !path.endsWith("/events") || response === null || !("json" in response)) return;
    const { items } = response.json as { items?: Row[] };
    const offset = Number(new Map(query).get("_offset") ?? 0);
    const key = withoutPosition(path, query);
    const rows = this.#listed.get(key) ?? [];
    for (const [index, item] of (items ?? []).entries()) rows[offset + index] = item;
    this.#listed.set(key, rows);
  }

  #answer(sent: SentRequest): Answer {
    const answers = this.#answers.get(requestKey(sent, this.#wildcards));
    const next = answers && answers.length > 1 ? answers.shift() : answers?.[0];
    this.stale = answers && answers.length > 1 ? 0 : this.stale + 1;
    if (next) return answerOf(next);
    if (sent.method === "GET" && sent.path.endsWith("/events")) {
      return pageOf(this.#listed.get(withoutPosition(sent.path, sent.query)) ?? [], new Map(sent.query));
    }
    const message = `${sent.method} ${sent.path} is not in the recording`;
    return json(400, { message, error_code: "not_recorded", server_traceback: null });
  }
}

function pageOf(rows: readonly Row[], query: Map<string, string>): Answer {
  const offset = Number(query.get("_offset") ?? 0);
  const size = Number(query.get("_size") ?? 1000);
  const items = rows.slice(offset, offset + size).filter((row) => row !== undefined);
  return json(200, { items, metadata: { pagination: { total: rows.length, size, offset } } });
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

function answerOf({ status, response, response_headers: headers }: Exchange): Answer {
  const type = headers["Content-Type"];
  const kept: Record<string, string> = type ? { "Content-Type": type } : {};
  if (response && "json" in response) return json(status, response.json);
  if (response && "text" in response) return { status, headers: kept, body: Buffer.from(response.text) };
  if (response && "binary" in response) return { status, headers: kept, body: Buffer.alloc(response.binary.length) };
  return { status, headers: kept, body: Buffer.alloc(0) };
}

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { "Content-Type": "application/json" },
  body: Buffer.from(JSON.stringify(value)),
});
