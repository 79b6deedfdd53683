import { once } from "node:events";
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, type Socket } from "node:net";
import { ConnectionError } from "../../client/errors.ts";
import { connectionFailure } from "../../client/failure.ts";
import { addressOf, type Endpoint } from "../../client/transport.ts";
import { hostAndPort } from "./subject.ts";

/**
 * A connection to the endpoint's port, through the proxy where there is one.
 * @throws ConnectionError it does not come about
 */
export async function openSocket(endpoint: Endpoint, proxy: URL | undefined, signal: AbortSignal): Promise<Socket> {
  if (proxy) return tunnel(endpoint, proxy, signal);
  return connected(endpoint, addressOf(endpoint), signal);
}

/** @throws ConnectionError nobody accepts connections there */
export async function connected(
  { host, port }: { host: string; port: number },
  address: string,
  signal: AbortSignal,
): Promise<Socket> {
  const socket = connect({ host, port });
  try {
    await once(socket, "connect", { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    signal.throwIfAborted();
    throw connectionFailure(error, { address, sent: false });
  }
}

async function tunnel(endpoint: Endpoint, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const ask = proxy.protocol === "https:" ? httpsRequest : httpRequest;
  const asked = ask({
    host: proxy.hostname,
    port: proxy.port || undefined,
    method: "CONNECT",
    path: hostAndPort(endpoint),
    headers: proxyAuthorization(proxy),
    signal,
    agent: false,
  });
  asked.end();
  const [answer, socket] = await answered(asked, proxy, signal);
  if (answer.statusCode === 200) return socket;
  socket.destroy();
  throw new ConnectionError({
    kind: "proxy",
    message: `The proxy ${proxy.host} refuses to connect to ${hostAndPort(endpoint)}: ${answer.statusCode}`,
    sent: false,
    address: addressOf(endpoint),
  });
}

async function answered(asked: ClientRequest, proxy: URL, signal: AbortSignal): Promise<[IncomingMessage, Socket]> {
  try {
    return (await once(asked, "connect", { signal })) as [IncomingMessage, Socket];
  } catch (error) {
    signal.throwIfAborted();
    throw connectionFailure(error, { address: proxy.host, sent: false });
  }
}

function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (!username) return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "Proxy-Authorization": `Basic ${Buffer.from(credentials).toString("base64")}` };
}
