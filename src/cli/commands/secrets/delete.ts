import { command } from "../../command.ts";
import { tenantOption } from "../../options/common.ts";
import { showDeleted } from "../outcome.ts";
import { deleteNamed, NAMED_COLUMNS, several } from "../shapes/delete-named.ts";
import { secretKey } from "./kind.ts";

/** `cfy secrets delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a secret",
  arguments: { keys: several(secretKey, "KEY") },
  columns: NAMED_COLUMNS,
  options: { tenant: tenantOption },
  examples: [["cfy secrets delete db_password", "blueprints that read it no longer work"]],
  async run(ctx, { keys, tenant }) {
    const client = ctx.client({ tenant });
    return await deleteNamed(ctx, keys, {
      noun: ["secret", "secrets"],
      remove: (key) => client.secrets.delete(key),
      told: (key) => showDeleted(ctx, `The secret ${key} is deleted`, key),
    });
  },
});
