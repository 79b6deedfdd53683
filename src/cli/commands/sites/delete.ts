import { command } from "../../command.ts";
import { tenantOption } from "../../options/common.ts";
import { showDeleted } from "../outcome.ts";
import { deleteNamed, NAMED_COLUMNS, several } from "../shapes/delete-named.ts";
import { siteName } from "./arguments.ts";

/** `cfy sites delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a site",
  arguments: { names: several(siteName, "NAME") },
  columns: NAMED_COLUMNS,
  options: { tenant: tenantOption },
  examples: [["cfy sites delete london", "deployments that stood on it stay"]],
  async run(ctx, { names, tenant }) {
    const client = ctx.client({ tenant });
    return await deleteNamed(ctx, names, {
      noun: ["site", "sites"],
      remove: (name) => client.sites.delete(name),
      told: (name) => showDeleted(ctx, `The site ${name} is deleted`, name),
    });
  },
});
