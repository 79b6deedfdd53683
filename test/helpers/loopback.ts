import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Endpoint } from "../../src/client/index.ts";

export interface Seen {
  method: string;
  path: string;
  query: [string, string][];
  headers: IncomingMessage["headers"];
  body: string;
}

export type Answer = { status?: number; headers?: Record<string, string>; json?: unknown; text?: string | Buffer };

/** A real HTTP server on a loopback port for one test. It keeps what it was asked. */
export async function loopback(
  answer: (seen: Seen, response: ServerResponse) => Answer | Promise<Answer | undefined> | undefined,
): Promise<{ endpoint: Endpoint; seen: Seen[]; server: Server }> {
  const seen: Seen[] = [];
  const server = createServer(answering(seen, answer));
  const endpoint = await listening(server);
  return { endpoint, seen, server };
}

export function answering(
  seen: Seen[],
  answer: (seen: Seen, response: ServerResponse) => Answer | Promise<Answer | undefined> | undefined,
): RequestListener {
  return async (request, response) => {
    const url = new URL(request.url ?? "/", "http://loopback");
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      // The client went away in the middle of its request.
      return;
    }
    const asked: Seen = {
      method: request.method ?? "",
      path: url.pathname,
      query: [...url.searchParams],
      headers: request.headers,
      body: Buffer.concat(chunks).toString("latin1"),
    };
    seen.push(asked);
    const given = await answer(asked, response);
    if (!given) return;
    const { status = 200, headers = {}, json, text } = given;
    response.writeHead(status, { ...(json === undefined ? {} : { "Content-Type": "application/json" }), ...headers });
    response.end(json === undefined ? text : JSON.stringify(json));
  };
}

/** Listens on a free port until the test has ended. */
export async function listening(server: Server, protocol: "http" | "https" = "http"): Promise<Endpoint> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return { protocol, host: "127.0.0.1", port: (server.address() as AddressInfo).port };
}
