import { ConnectionError } from "../../../client/errors.ts";
import { namedProxy, proxyFor } from "../../../client/proxy.ts";
import type { Endpoint } from "../../../client/transport.ts";
import { type Check, ok } from "../check.ts";
import { connected } from "../open-socket.ts";
import { hostAndPort, type ManagerSubject } from "../subject.ts";

/** Which way requests take, and whose word that is. With a proxy: whether it accepts connections. */
export const proxy = ({ ctx }: ManagerSubject, endpoint: Endpoint): Check => ({
  id: "proxy",
  target: hostAndPort(endpoint),
  async run(signal) {
    const { env } = ctx;
    const used = proxyFor(endpoint, env);
    const named = namedProxy(endpoint, env);
    if (!used)
      return ok(named ? `none: NO_PROXY exempts this host from ${named.variable}` : "none: no variable names one");
    await mustAcceptConnections(used, signal);
    // Without the credentials that the address may hold.
    return ok(`${used.host} (${named?.variable})`);
  },
});

async function mustAcceptConnections(
  { host: address, hostname, port, protocol }: URL,
  signal: AbortSignal,
): Promise<void> {
  const host = hostname.replace(/^\[|\]$/g, "");
  try {
    (await connected({ host, port: Number(port) || (protocol === "https:" ? 443 : 80) }, address, signal)).destroy();
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    const message = `the proxy does not answer: ${error.message}`;
    throw new ConnectionError({ ...error, kind: "proxy", message }, { cause: error });
  }
}
