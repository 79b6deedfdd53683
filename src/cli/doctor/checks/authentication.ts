import type { Client } from "../../../client/client.ts";
import { RestError } from "../../../client/errors.ts";
import { type Check, ok } from "../check.ts";

/** Whether the server knows the credentials. */
export const authentication = (client: () => Client): Check => ({
  id: "authentication",
  async run(signal) {
    try {
      await client().manager.status({ signal });
    } catch (error) {
      // Whoever may not do something, or not in this tenant, is known.
      if (!(error instanceof RestError && error.status === 403)) throw error;
    }
    return ok("the server knows these credentials");
  },
});
