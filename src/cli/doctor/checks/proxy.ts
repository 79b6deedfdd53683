import { once } from "node:events";
import { connect } from "node:net";
import { namedProxy, proxyFor } from "../../../client/proxy.ts";
import type { Endpoint } from "../../../client/transport.ts";
import { type Check, ok } from "../check.ts";
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
    await acceptsConnections(used, signal);
    // Without the credentials that the address may hold.
    return ok(`${used.host} (${named?.variable})`);
  },
});

async function acceptsConnections({ hostname, port, protocol }: URL, signal: AbortSignal): Promise<void> {
  const host = hostname.replace(/^\[|\]$/g, "");
  const socket = connect({ host, port: Number(port) || (protocol === "https:" ? 443 : 80) });
  try {
    await once(socket, "connect", { signal });
  } finally {
    socket.destroy();
  }
}
