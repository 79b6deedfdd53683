import { argument, command, flag, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { allTenantsOption, tenantOption } from "../../options/common.ts";
import { endlessTimeout, eventOptions, waitOptions } from "../../options/wait.ts";
import { updateBlueprints, updateOneBlueprint } from "./update-blueprints.ts";
import { type VersionsWanted, versionsRequest } from "./versions.ts";

const pluginNames = (name: string, help: string) =>
  text({ flags: [name], metavar: "PLUGIN", multiple: true, help, complete: "plugin-name" });

/** `cfy plugins update` */
export const update = command({
  name: "update",
  summary: "Move the deployments of blueprints to other versions of their plugins",
  description:
    "Deployments are updated one after the other. Without more, all their plugins move to the latest version.",
  arguments: { blueprintId: argument({ help: "Id of the blueprint", required: false, complete: "blueprint" }) },
  options: {
    allBlueprints: flag({ flags: ["--all-blueprints"], help: "Those of every blueprint" }),
    allTenants: allTenantsOption,
    exceptBlueprints: text({
      flags: ["--except-blueprint"],
      metavar: "BLUEPRINT_ID",
      multiple: true,
      help: "With --all-blueprints: not those of this one",
      complete: "blueprint",
    }),
    pluginNames: pluginNames("--plugin-name", "Only this plugin"),
    toLatest: pluginNames("--to-latest", "Move this plugin to its latest version"),
    allToLatest: flag({ flags: ["--all-to-latest"], help: "Move all plugins to their latest version" }),
    toMinor: pluginNames("--to-minor", "Move this plugin to the latest version of its major version"),
    allToMinor: flag({
      flags: ["--all-to-minor"],
      help: "Move all plugins to the latest version of their major version",
    }),
    tenant: tenantOption,
    includeLogs: eventOptions.includeLogs,
    jsonOutput: eventOptions.jsonOutput,
    timeout: endlessTimeout,
    detach: waitOptions.detach,
    force: flag({ flags: ["-f", "--force"], help: "Even while another update of the blueprint is under way" }),
    autoCorrectTypes: flag({ flags: ["--auto-correct-types"], help: "Convert inputs to the types that are declared" }),
    reevaluateActiveStatuses: flag({
      flags: ["--reevaluate-active-statuses"],
      help: "Look first whether updates that seem to be under way have ended",
    }),
  },
  exclusive: [
    ["blueprintId", "allBlueprints"],
    ["tenant", "allTenants"],
  ],
  examples: [
    ["cfy plugins update app --plugin-name cloudify-ansible-plugin", "one plugin, to its latest version"],
    ["cfy plugins update --all-blueprints --all-to-minor", "every deployment, without incompatible changes"],
  ],
  async run(ctx, { blueprintId, allBlueprints, allTenants, exceptBlueprints, tenant, ...args }) {
    const request = versionsRequest(args satisfies VersionsWanted);
    const showing = { logs: args.includeLogs, jsonOutput: args.jsonOutput, timeout: args.timeout, detach: args.detach };
    if (blueprintId !== undefined) {
      if (exceptBlueprints.length > 0) throw usageError("--except-blueprint goes with --all-blueprints");
      return await updateOneBlueprint(ctx, { id: blueprintId, tenant }, request, showing);
    }
    if (!allBlueprints) throw usageError("Which blueprint?", { hint: "Give its id, or --all-blueprints." });
    return await updateBlueprints(ctx, { tenant, allTenants, except: exceptBlueprints }, request, showing);
  },
});
