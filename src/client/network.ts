import { failOver, type Member, type OnFailOver } from "./fail-over.ts";
import type { Timeouts } from "./http-transport.ts";
import { type Environment, proxyFor } from "./proxy.ts";
import { addressOf, type Endpoint, type Transport } from "./transport.ts";

export interface NetworkOptions {
  timeouts?: Timeouts;
  /** Where HTTP_PROXY, HTTPS_PROXY and NO_PROXY are looked up. */
  env?: Environment;
  onFailOver?: OnFailOver;
}

/** The way to one server, or to a cluster of them, through a proxy where the environment names one. */
export function network(endpoints: readonly Endpoint[], { timeouts, env = {}, onFailOver }: NetworkOptions): Transport {
  const members = endpoints.map((endpoint): Member => {
    const proxy = proxyFor(endpoint, env);
    return { address: addressOf(endpoint), transport: lazyTransport(() => transportTo(endpoint, proxy, timeouts)) };
  });
  const [only] = members;
  return only && members.length === 1 ? only.transport : failOver(members, onFailOver);
}

/** What speaks HTTP is loaded with the first request only, so that a command without one starts sooner. */
export async function transportTo(endpoint: Endpoint, proxy?: URL, timeouts?: Timeouts): Promise<Transport> {
  if (proxy) return (await import("./proxy-transport.ts")).proxyTransport(endpoint, proxy, timeouts);
  return (await import("./http-transport.ts")).httpTransport(endpoint, timeouts);
}

/** A transport that is made when it is first used. */
export function lazyTransport(make: () => Promise<Transport>): Transport {
  let made: Promise<Transport> | undefined;
  return {
    async send(request) {
      made ??= make();
      return (await made).send(request);
    },
    close() {
      // What could not be made has nothing to close, and said so to whoever used it.
      void made?.then(
        (transport) => transport.close(),
        () => {},
      );
    },
  };
}
