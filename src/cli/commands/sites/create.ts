import { command } from "../../command.ts";
import { validName } from "../../inputs/names.ts";
import { tenantOption, visibilityOption } from "../../options/common.ts";
import { showChanged } from "../outcome.ts";
import { locationOption, siteName } from "./arguments.ts";
import { SITE_COLUMNS } from "./columns.ts";

/** `cfy sites create` */
export const create = command({
  name: "create",
  summary: "Make a site that deployments can stand on",
  arguments: { name: siteName },
  options: { location: locationOption, visibility: visibilityOption, tenant: tenantOption },
  columns: SITE_COLUMNS,
  examples: [["cfy sites create london --location 51.5,-0.12", "a place on the map"]],
  async run(ctx, { name, location, visibility, tenant }) {
    const id = validName(name, "site name");
    const site = await ctx.client({ tenant }).sites.create(id, { location: location || undefined, visibility });
    return showChanged(ctx, `The site ${name} is created`, site, { title: "Site:", columns: SITE_COLUMNS });
  },
});
