import { command, flag, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { tenantOption } from "../../options/common.ts";
import { showChanged } from "../outcome.ts";
import { DEPLOYMENT_COLUMNS } from "./columns.ts";
import { deploymentId } from "./deployment-id.ts";

/** `cfy deployments set-site` */
export const setSite = command({
  name: "set-site",
  summary: "Put a deployment on a site, or take it from its site",
  arguments: { deploymentId },
  options: {
    siteName: text({ flags: ["-s", "--site-name"], metavar: "SITE", help: "The site", complete: "site" }),
    detachSite: flag({ flags: ["-d", "--detach-site"], help: "Take it from the site it is on" }),
    tenant: tenantOption,
  },
  exclusive: [["siteName", "detachSite"]],
  columns: DEPLOYMENT_COLUMNS,
  examples: [["cfy deployments set-site my_deployment -s london", "it stands in London"]],
  async run(ctx, { deploymentId, siteName, detachSite, tenant }) {
    if (siteName === undefined && !detachSite) {
      throw usageError("Which site?", { hint: "Give --site-name, or --detach-site: cfy sites list" });
    }
    const deployment = await ctx.client({ tenant }).deployments.setSite(deploymentId, siteName);
    const line = `The deployment ${deploymentId} is on ${siteName === undefined ? "no site" : `the site ${siteName}`}`;
    return showChanged(ctx, line, deployment, { title: "Deployment:", columns: DEPLOYMENT_COLUMNS });
  },
});
