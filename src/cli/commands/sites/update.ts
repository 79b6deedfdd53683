import { choice, command, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { validName } from "../../inputs/names.ts";
import { tenantOption } from "../../options/common.ts";
import { showChanged } from "../outcome.ts";
import { locationOption, siteName } from "./arguments.ts";
import { SITE_COLUMNS } from "./columns.ts";

/** `cfy sites update` */
export const update = command({
  name: "update",
  summary: "Change the name, the place or the visibility of a site",
  arguments: { name: siteName },
  options: {
    location: { ...locationOption, help: "Where it is, as 51.5,-0.12; an empty text takes it away" },
    visibility: choice({
      flags: ["-l", "--visibility"],
      choices: ["private", "tenant", "global"],
      help: "Who can see it",
    }),
    newName: text({ flags: ["-n", "--new-name"], metavar: "NAME", help: "What it is called from now on" }),
    tenant: tenantOption,
  },
  columns: SITE_COLUMNS,
  examples: [["cfy sites update london --new-name heathrow", "its deployments stay on it"]],
  async run(ctx, { name, location, visibility, newName, tenant }) {
    if (location === undefined && visibility === undefined && newName === undefined) {
      throw usageError("There is nothing to change", { hint: "Give --location, --visibility or --new-name." });
    }
    const change = { new_name: newName && validName(newName, "site name"), location, visibility };
    const site = await ctx.client({ tenant }).sites.update(name, change);
    return showChanged(ctx, `The site ${name} is changed`, site, { title: "Site:", columns: SITE_COLUMNS });
  },
});
