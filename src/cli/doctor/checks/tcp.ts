import { once } from "node:events";
import { connect } from "node:net";
import { connectionFailure } from "../../../client/failure.ts";
import { addressOf, type Endpoint } from "../../../client/transport.ts";
import { type Check, ok } from "../check.ts";
import { hostAndPort, type ManagerSubject } from "../subject.ts";

/** Whether something listens there, and how far away it is. */
export const tcp = ({ ctx }: ManagerSubject, endpoint: Endpoint): Check => ({
  id: "tcp",
  target: hostAndPort(endpoint),
  async run(signal) {
    const began = ctx.clock.now();
    const socket = connect({ host: endpoint.host, port: endpoint.port });
    try {
      await once(socket, "connect", { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw connectionFailure(error, { address: addressOf(endpoint), sent: false });
    } finally {
      socket.destroy();
    }
    return ok(`connected in ${ctx.clock.now() - began} ms`);
  },
});
