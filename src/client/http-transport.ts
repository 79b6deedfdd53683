import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import { pipeline, type Readable } from "node:stream";
import { ConnectionError } from "./errors.ts";
import { connectionFailure } from "./failure.ts";
import { addressOf, type Endpoint, type RequestBody, type Transport, type TransportRequest } from "./transport.ts";

export interface Timeouts {
  /** Milliseconds until the connection, TLS included, must stand. */
  connect?: number;
  /** Milliseconds without a byte from the server; 0: for ever. */
  read?: number;
}

export const DEFAULT_TIMEOUTS = { connect: 5_000, read: 300_000 } as const;

/** Idle connections end after 1.5 s, before a server is likely to close them, so that no request meets a closing one. */
const KEPT = { keepAlive: true, timeout: 1_500, maxFreeSockets: 4, scheduling: "lifo" } as const;

/** Plain HTTP or HTTPS over TCP or a unix socket, connections kept between requests. */
export function httpTransport(endpoint: Endpoint, timeouts: Timeouts = {}): Transport {
  const address = addressOf(endpoint);
  const connectTimeout = timeouts.connect ?? DEFAULT_TIMEOUTS.connect;
  let dial: Promise<Dial> | undefined;

  return {
    async send(wanted) {
      wanted.signal?.throwIfAborted();
      dial ??= dialFor(endpoint);
      const { request: open, options, agent } = await dial;
      const readTimeout = wanted.readTimeout ?? timeouts.read ?? DEFAULT_TIMEOUTS.read;
      const request = open({
        ...options,
        agent,
        method: wanted.method,
        path: wanted.path,
        headers: headersFor(wanted),
        timeout: readTimeout,
      });
      const response = await exchange(request, wanted, { address, connectTimeout, readTimeout });
      return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: await decoded(response),
        url: address + wanted.path,
      };
    },
    close() {
      void dial?.then(
        ({ agent }) => agent.destroy(),
        () => {},
      );
    },
  };
}

interface Dial {
  request: typeof httpRequest;
  options: RequestOptions;
  agent: HttpAgent;
}

/** TLS is loaded only for endpoints that speak it. */
async function dialFor(endpoint: Endpoint): Promise<Dial> {
  const target = endpoint.socketPath
    ? { socketPath: endpoint.socketPath, host: "localhost" }
    : { host: endpoint.host, port: endpoint.port };
  if (endpoint.protocol === "http") return { request: httpRequest, options: target, agent: new HttpAgent(KEPT) };
  const { tlsDial } = await import("./tls.ts");
  const { request, agent, options } = await tlsDial(endpoint, KEPT);
  return { request, agent, options: { ...target, ...options } };
}

function headersFor({ method, headers, body }: TransportRequest): Record<string, string> {
  if (!body) return method === "GET" || method === "HEAD" ? headers : { ...headers, "Content-Length": "0" };
  return body.length === undefined
    ? { ...headers, "Transfer-Encoding": "chunked" }
    : { ...headers, "Content-Length": String(body.length) };
}

interface Limits {
  address: string;
  connectTimeout: number;
  readTimeout: number;
}

/** Writes the request and waits for the head of the answer. */
function exchange(
  request: ClientRequest,
  { body, signal }: TransportRequest,
  limits: Limits,
): Promise<IncomingMessage> {
  const { address, connectTimeout, readTimeout } = limits;
  return new Promise((resolve, reject) => {
    let sent = false;
    let response: IncomingMessage | undefined;
    let connecting: NodeJS.Timeout | undefined;
    let unreadable: Error | undefined;

    const settle = () => {
      clearTimeout(connecting);
      signal?.removeEventListener("abort", abort);
    };
    const abort = () => (response ?? request).destroy(asError(signal?.reason));
    const giveUp = (doing: string, milliseconds: number) => {
      const message = `No answer from ${address}: ${doing} took longer than ${milliseconds / 1000} s`;
      const error = new ConnectionError({ kind: "timeout", message, sent, address, code: "ETIMEDOUT" });
      (response ?? request).destroy(error);
    };

    signal?.addEventListener("abort", abort, { once: true });
    request.once("socket", (socket) => {
      if (!socket.connecting) {
        sent = true;
        return;
      }
      if (connectTimeout > 0) connecting = setTimeout(() => giveUp("connecting", connectTimeout), connectTimeout);
      socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
        clearTimeout(connecting);
        sent = true;
      });
    });
    request.once("timeout", () => giveUp("waiting", readTimeout));
    request.on("error", (error) => {
      // After the head has come, what breaks is the body's to report.
      if (response) return;
      settle();
      reject(signal?.aborted ? signal.reason : (unreadable ?? connectionFailure(error, { address, sent })));
    });
    request.once("response", (head) => {
      response = head;
      head.once("close", settle);
      resolve(head);
    });
    write(request, body, (error) => {
      unreadable = error;
    });
  });
}

/** What is to be sent may be unreadable; the request then ends as if its connection had broken. */
function write(request: ClientRequest, body: RequestBody | undefined, onUnreadable: (error: Error) => void): void {
  const content = body?.open();
  if (content === undefined || Buffer.isBuffer(content)) request.end(content);
  else pipeline(content.once("error", onUnreadable), request, (error) => error && request.destroy(error));
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

/** zlib is loaded only when an answer is compressed. */
async function decoded(response: IncomingMessage): Promise<Readable> {
  const encoding = response.headers["content-encoding"];
  if (encoding !== "gzip" && encoding !== "deflate") return response;
  const { createUnzip } = await import("node:zlib");
  const unzip = createUnzip();
  pipeline(response, unzip, () => {});
  return unzip;
}
