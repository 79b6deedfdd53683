import { type Group, group } from "../../../command.ts";
import { createCommand } from "./create.ts";
import { deleteCommand } from "./delete.ts";
import { getCommand } from "./get.ts";
import { listCommand } from "./list.ts";
import { updateCommand } from "./update.ts";

/** `filters` of blueprints or of deployments: rules under a name, for `--filter-id`. */
export const filtersGroup = (of: "blueprints" | "deployments"): Group =>
  group({
    name: "filters",
    summary: `Keep rules that choose ${of} under a name`,
    commands: [createCommand(of), listCommand(of), getCommand(of), updateCommand(of), deleteCommand(of)],
  });
