import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";

/** Carries one request to a server and brings back its answer. Knows nothing of the API. */
export interface Transport {
  /**
   * Resolves when the status line and the headers are there; the body streams.
   * @throws ConnectionError no answer came
   * @throws the signal's reason when it is aborted
   */
  send(request: TransportRequest): Promise<TransportResponse>;
  /** Ends idle connections. Without it they end by themselves soon. */
  close(): void;
}

export interface TransportRequest {
  method: string;
  /** Starts with `/`, percent-encoded, with the query. */
  path: string;
  headers: Record<string, string>;
  body?: RequestBody;
  /** Milliseconds without a byte from the server before it counts as gone; 0: for ever. */
  readTimeout?: number;
  signal?: AbortSignal;
}

export interface TransportResponse {
  status: number;
  headers: IncomingHttpHeaders;
  /** Decoded; must be read to its end or destroyed. */
  body: Readable;
  /** The whole URL that was asked, without credentials. */
  url: string;
}

/** What is sent, in a form that can be sent again. */
export interface RequestBody {
  /** In bytes; undefined sends it chunked. */
  length?: number;
  /** False: `open` works once only, so the request cannot go to another server half-way. */
  replayable: boolean;
  open(): Readable | Buffer;
}

/** Where a server listens. */
export interface Endpoint {
  protocol: "http" | "https";
  host: string;
  port: number;
  /** A unix socket; host and port then only name it. */
  socketPath?: string;
  /** PEM file with the authorities to trust instead of the usual ones. */
  caFile?: string;
  /** Encrypts, but believes any certificate. */
  trustAll?: boolean;
}

/** `http://host:port`, or the path of the socket. */
export function addressOf(endpoint: Endpoint): string {
  if (endpoint.socketPath) return endpoint.socketPath;
  const host = endpoint.host.includes(":") ? `[${endpoint.host}]` : endpoint.host;
  return `${endpoint.protocol}://${host}:${endpoint.port}`;
}

/**
 * `https://manager.example.com`, `http://10.0.0.5:8080`, or the path of a unix socket, as `/run/cfy/server.sock`.
 * @throws TypeError it is none of these
 */
export function endpointAt(address: string): Endpoint {
  if (address.startsWith("/")) return { protocol: "http", host: "localhost", port: 0, socketPath: address };
  const { protocol, hostname, port } = new URL(address);
  if (protocol !== "https:" && protocol !== "http:") throw new TypeError(`${address} is no address of a server`);
  const secure = protocol === "https:";
  return {
    protocol: secure ? "https" : "http",
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (secure ? 443 : 80),
  };
}
