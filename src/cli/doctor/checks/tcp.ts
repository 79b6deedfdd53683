import { addressOf, type Endpoint } from "../../../client/transport.ts";
import { type Check, ok } from "../check.ts";
import { connected } from "../open-socket.ts";
import { hostAndPort, type ManagerSubject } from "../subject.ts";

/** Whether something listens there, and how far away it is. */
export const tcp = ({ ctx }: ManagerSubject, endpoint: Endpoint): Check => ({
  id: "tcp",
  target: hostAndPort(endpoint),
  async run(signal) {
    const began = ctx.clock.now();
    const socket = await connected(endpoint, addressOf(endpoint), signal);
    socket.destroy();
    return ok(`connected in ${ctx.clock.now() - began} ms`);
  },
});
