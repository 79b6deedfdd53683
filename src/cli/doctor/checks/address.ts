import { addressOf } from "../../../client/transport.ts";
import { type Check, ok } from "../check.ts";
import type { ManagerSubject } from "../subject.ts";

/** Where the manager is, or the members of its cluster in the order in which they are tried. */
export const address = ({ settings, ctx }: ManagerSubject): Check => ({
  id: "address",
  async run() {
    const addresses = settings.endpoints.map(addressOf);
    const cluster = addresses.length > 1 ? `, a cluster of ${addresses.length}` : "";
    return ok(`${addresses.join(", ")} (${ctx.manager ? "--manager" : "the profile"}${cluster})`);
  },
});
