import type { Client } from "../../../client/client.ts";
import type { Clock } from "../../../lib/clock.ts";
import { type Check, ok, warn } from "../check.ts";

/** Milliseconds: a server that has just started needs a moment for its worker. */
const GRACE = 2_000;
const PAUSE = 200;

/** What the server says about its parts. */
export const services = (client: () => Client, clock: Clock): Check => ({
  id: "services",
  async run(signal) {
    const deadline = clock.now() + GRACE;
    for (;;) {
      const { status, services: parts = {} } = await client().manager.status({ signal });
      const down = Object.entries(parts).filter(([, part]) => part.status !== "Active");
      if (down.length === 0 && status !== "Fail") return ok(`${Object.keys(parts).length} active`);
      if (clock.now() >= deadline) {
        return warn(
          `not active: ${down.map(([name]) => name).join(", ") || status}`,
          "Look closer: cfy status, cfy server logs",
        );
      }
      await clock.sleep(PAUSE, signal);
    }
  },
});
