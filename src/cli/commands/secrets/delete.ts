import { command } from "../../command.ts";
import { tenantOption } from "../../options/common.ts";
import { showDeleted } from "../outcome.ts";
import { secretKey } from "./kind.ts";

/** `cfy secrets delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a secret",
  arguments: { key: secretKey },
  options: { tenant: tenantOption },
  examples: [["cfy secrets delete db_password", "blueprints that read it no longer work"]],
  async run(ctx, { key, tenant }) {
    await ctx.client({ tenant }).secrets.delete(key);
    return showDeleted(ctx, `The secret ${key} is deleted`, key);
  },
});
