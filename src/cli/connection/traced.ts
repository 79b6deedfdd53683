import type { Transport } from "../../client/transport.ts";
import type { ConnectContext } from "../context.ts";

/** Says each request on stderr with `-vvv`: what was asked, what came, how long it took; no headers and no bodies. */
export function traced(transport: Transport, ctx: Pick<ConnectContext, "clock" | "verbose">): Transport {
  return {
    async send(request) {
      const began = ctx.clock.now();
      const say = (outcome: string) =>
        ctx.verbose(3, `${request.method} ${masked(request.path)}: ${outcome} after ${ctx.clock.now() - began} ms`);
      try {
        const response = await transport.send(request);
        say(String(response.status));
        return response;
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
        throw error;
      }
    },
    close: () => transport.close(),
  };
}

const masked = (path: string): string => path.replace(/(_passphrase=)[^&]*/, "$1***");
