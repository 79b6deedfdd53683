import { command } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import { showDeleted } from "../../outcome.ts";
import { secretsProviderName } from "./common.ts";

/** `cfy secrets providers delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a secrets provider",
  arguments: { secretsProviderName },
  options: { tenant: tenantOption },
  examples: [["cfy secrets providers delete vault", "what it keeps stays there"]],
  async run(ctx, { secretsProviderName: name, tenant }) {
    await ctx.client({ tenant }).secretsProviders.delete(name);
    return showDeleted(ctx, `The secrets provider ${name} is deleted`, name);
  },
});
