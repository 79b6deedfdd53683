import { command } from "../../command.ts";
import { tenantOption } from "../../options/common.ts";
import { showDeleted } from "../outcome.ts";
import { siteName } from "./arguments.ts";

/** `cfy sites delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a site",
  arguments: { name: siteName },
  options: { tenant: tenantOption },
  examples: [["cfy sites delete london", "deployments that stood on it stay"]],
  async run(ctx, { name, tenant }) {
    await ctx.client({ tenant }).sites.delete(name);
    return showDeleted(ctx, `The site ${name} is deleted`, name);
  },
});
