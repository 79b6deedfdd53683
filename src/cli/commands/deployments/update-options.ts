import type { JsonObject } from "../../../api/resources.ts";
import { flag, text, type ValuesOf } from "../../command.ts";
import { readInputs } from "../../inputs/inputs.ts";
import type { InputStream } from "../../io.ts";
import { inputsOption } from "../../options/inputs.ts";

/** How deployments are moved to another blueprint or to other inputs. */
export const updateOptions = {
  blueprintId: text({
    flags: ["-b", "--blueprint-id"],
    metavar: "BLUEPRINT_ID",
    help: "Move them to this blueprint",
    complete: "blueprint",
  }),
  inputs: inputsOption,
  reinstallList: text({
    flags: ["-r", "--reinstall-list"],
    metavar: "NODE_INSTANCE",
    multiple: true,
    help: "Reinstall this node instance whatever has changed; may be repeated",
    complete: "node-instance",
  }),
  workflowId: text({
    flags: ["-w", "--workflow-id"],
    metavar: "WORKFLOW",
    help: "Run this workflow instead",
    complete: "workflow",
  }),
  skipInstall: flag({ flags: ["--skip-install"], help: "Do not install what is new" }),
  skipUninstall: flag({ flags: ["--skip-uninstall"], help: "Do not uninstall what is gone" }),
  skipReinstall: flag({ flags: ["--skip-reinstall"], help: "Do not reinstall what has changed" }),
  skipDriftCheck: flag({ flags: ["--skip-drift-check"], help: "Do not look for drift first" }),
  skipHeal: flag({ flags: ["--skip-heal"], help: "Do not heal what is not well first" }),
  forceReinstall: flag({ flags: ["--force-reinstall"], help: "Reinstall, even what could be updated" }),
  ignoreFailure: flag({ flags: ["--ignore-failure"], help: "Go on when an uninstall operation fails" }),
  installFirst: flag({ flags: ["--install-first"], help: "Install what is new before uninstalling what is gone" }),
  dontUpdatePlugins: flag({ flags: ["--dont-update-plugins"], help: "Keep the plugins they have" }),
  force: flag({ flags: ["-f", "--force"], help: "Even where an earlier update has not ended" }),
  runtimeOnlyEvaluation: flag({
    flags: ["--runtime-only-evaluation"],
    help: "Evaluate intrinsic functions each time they are read, not now",
  }),
  autoCorrectTypes: flag({ flags: ["--auto-correct-types"], help: "Convert inputs to the types they should have" }),
  reevaluateActiveStatuses: flag({
    flags: ["--reevaluate-active-statuses"],
    help: "Look again at updates that seem to run",
  }),
};

/** What the options ask for, in the words of the API. */
export const updateRequest = async (args: ValuesOf<typeof updateOptions>, stdin: InputStream) =>
  requestFor(args, (await readInputs(args.inputs, stdin)) as JsonObject);

/** The same with inputs that have been read. */
export function requestFor(args: Omit<ValuesOf<typeof updateOptions>, "inputs">, inputs: JsonObject) {
  return {
    blueprint_id: args.blueprintId ?? null,
    inputs,
    reinstall_list: args.reinstallList,
    workflow_id: args.workflowId ?? null,
    skip_install: args.skipInstall,
    skip_uninstall: args.skipUninstall,
    skip_reinstall: args.skipReinstall,
    skip_drift_check: args.skipDriftCheck,
    skip_heal: args.skipHeal,
    force_reinstall: args.forceReinstall,
    ignore_failure: args.ignoreFailure,
    install_first: args.installFirst,
    update_plugins: !args.dontUpdatePlugins,
    force: args.force,
    runtime_only_evaluation: args.runtimeOnlyEvaluation,
    auto_correct_types: args.autoCorrectTypes,
    reevaluate_active_statuses: args.reevaluateActiveStatuses,
  };
}
