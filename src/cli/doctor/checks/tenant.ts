import type { Client } from "../../../client/client.ts";
import { RestError } from "../../../client/errors.ts";
import type { Sourced } from "../../connection/target.ts";
import { type Check, fail, ok } from "../check.ts";

/** Whether the tenant exists and these credentials may work in it. */
export const tenant = ({ value, from }: Sourced, client: () => Client): Check => ({
  id: "tenant",
  async run(signal) {
    const chosen = `${value} (${from})`;
    try {
      await client().deployments.page({ _size: 1, _include: ["id"] }, { signal });
      return ok(chosen);
    } catch (error) {
      if (!(error instanceof RestError && error.status === 403)) throw error;
      return fail(
        `${chosen}: ${error.message}`,
        "Tenants you can use: cfy tenants list",
        "Choose one with -t TENANT, or for good: cfy profiles set --manager-tenant TENANT",
      );
    }
  },
});
