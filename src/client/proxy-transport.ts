import { Readable } from "node:stream";
import { errors, ProxyAgent, request } from "undici";
import { ConnectionError } from "./errors.ts";
import { connectionFailure } from "./failure.ts";
import type { Timeouts } from "./http-transport.ts";
import { DEFAULT_TIMEOUTS } from "./http-transport.ts";
import { trust } from "./tls.ts";
import { addressOf, type Endpoint, type Transport } from "./transport.ts";

/** The same requests by way of a proxy. Its own module, because loading undici doubles the time to start. */
export async function proxyTransport(endpoint: Endpoint, proxy: URL, timeouts: Timeouts = {}): Promise<Transport> {
  const address = addressOf(endpoint);
  const agent = new ProxyAgent({
    uri: proxy.href,
    // Plain requests are handed to the proxy as they are: many proxies tunnel to TLS ports only.
    proxyTunnel: endpoint.protocol === "https",
    requestTls: { ...(await trust(endpoint)), timeout: timeouts.connect ?? DEFAULT_TIMEOUTS.connect },
  });
  return {
    async send({ method, path, headers, body, readTimeout = timeouts.read ?? DEFAULT_TIMEOUTS.read, signal }) {
      signal?.throwIfAborted();
      const length = body?.length;
      try {
        const response = await request(address + path, {
          dispatcher: agent,
          method,
          headers: length === undefined ? headers : { ...headers, "Content-Length": String(length) },
          body: body?.open() ?? null,
          headersTimeout: readTimeout,
          bodyTimeout: readTimeout,
          signal,
        });
        return {
          status: response.statusCode,
          headers: response.headers,
          body: Readable.from(response.body),
          url: address + path,
        };
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw proxyFailure(error, address, proxy);
      }
    },
    close: () => void agent.close(),
  };
}

const NOT_SENT = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];

function proxyFailure(error: unknown, address: string, proxy: URL): ConnectionError {
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  const sent = !NOT_SENT.includes(code ?? "");
  const by = `by way of the proxy ${proxy.host}`;
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof errors.RequestAbortedError || !sent) {
    return new ConnectionError(
      { kind: "proxy", message: `No answer from ${address} ${by}: ${said}`, sent: false, address, code },
      { cause: error },
    );
  }
  if (code?.endsWith("_TIMEOUT")) {
    return new ConnectionError(
      { kind: "timeout", message: `No answer from ${address} ${by} in time`, sent, address, code },
      { cause: error },
    );
  }
  return connectionFailure(error, { address, sent });
}
