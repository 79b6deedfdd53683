import { lookup } from "node:dns/promises";
import { connectionFailure } from "../../../client/failure.ts";
import type { Endpoint } from "../../../client/transport.ts";
import { type Check, ok } from "../check.ts";
import { hostAndPort } from "../subject.ts";

/** Whether the resolver of this machine knows the host. */
export const dns = (endpoint: Endpoint): Check => ({
  id: "dns",
  target: endpoint.host,
  async run() {
    try {
      const addresses = await lookup(endpoint.host, { all: true });
      return ok(addresses.map(({ address }) => address).join(", "));
    } catch (error) {
      throw connectionFailure(error, { address: hostAndPort(endpoint), sent: false });
    }
  },
});
