import { fileBody } from "../../../client/index.ts";
import { command, path } from "../../command.ts";
import { tenantOption } from "../../options/common.ts";
import { showChanged } from "../outcome.ts";
import { blueprintId } from "./blueprint-id.ts";
import { BLUEPRINT_COLUMNS } from "./columns.ts";

/** `cfy blueprints set-icon` */
export const setIcon = command({
  name: "set-icon",
  summary: "Give a blueprint an icon, or take it away",
  arguments: { blueprintId },
  options: {
    iconPath: path({
      flags: ["-i", "--icon-path"],
      metavar: "FILE",
      help: "A PNG; without it the icon is taken away",
      complete: "file",
    }),
    tenant: tenantOption,
  },
  columns: BLUEPRINT_COLUMNS,
  examples: [["cfy blueprints set-icon app -i app.png", "show this picture for it"]],
  async run(ctx, { blueprintId, iconPath, tenant }) {
    const icon = iconPath === undefined ? undefined : await fileBody(iconPath);
    const blueprint = await ctx.client({ tenant }).blueprints.setIcon(blueprintId, icon);
    const line = icon ? `The blueprint ${blueprintId} has a new icon` : `The blueprint ${blueprintId} has no icon now`;
    return showChanged(ctx, line, blueprint, { title: "Blueprint:", columns: BLUEPRINT_COLUMNS });
  },
});
