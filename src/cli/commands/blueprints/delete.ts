import type { Blueprint } from "../../../api/resources.ts";
import { allOption, bulkOptions } from "../../bulk/options.ts";
import { type Bulk, bulkColumns, runBulk } from "../../bulk/run-bulk.ts";
import { isSelecting, targetsOf } from "../../bulk/targets.ts";
import { argument, command, flag } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { blueprintFilterOptions } from "../../options/filter.ts";
import { everyRow, filteredPages } from "../list-page.ts";

const COLUMNS = bulkColumns<Blueprint>();

/** `cfy blueprints delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a blueprint, or many",
  description:
    "Several ids, and those that options select, are deleted one by one with a row for each; a selection is asked about first.",
  arguments: {
    blueprintIds: argument({
      help: "Ids of blueprints",
      metavar: "BLUEPRINT_ID",
      required: false,
      variadic: true,
      complete: "blueprint",
    }),
  },
  options: {
    force: flag({ flags: ["-f", "--force"], help: "Even when other blueprints import it" }),
    tenant: tenantOption,
    ...blueprintFilterOptions,
    all: allOption("blueprints"),
    ...bulkOptions,
  },
  columns: COLUMNS,
  examples: [
    ["cfy blueprints delete app", "once no deployment of it is left"],
    ["cfy blueprints delete -ar 'id starts-with app-' --dry-run", "which would be deleted?"],
  ],
  async run(ctx, { blueprintIds, force, tenant, yes, dryRun, concurrency, ...selection }) {
    const { filterId, labelsRule, attrsRule, all } = selection;
    const client = ctx.client({ tenant });
    const selected = isSelecting({ filterId, labelsRule, attrsRule, all });
    const targets = targetsOf(blueprintIds, { selected, metavar: "BLUEPRINT_ID" });
    if (targets.kind === "one" && !dryRun) {
      ctx.notice(`Deleting blueprint ${targets.id} …`);
      await client.blueprints.delete(targets.id, { force });
      ctx.output.line(`The blueprint ${targets.id} is deleted`);
      return ExitCode.Ok;
    }
    const bulk: Bulk<Blueprint> = {
      noun: ["blueprint", "blueprints"],
      verb: "delete",
      done: "deleted",
      columns: COLUMNS,
      async act({ id }) {
        await client.blueprints.delete(id, { force });
        return undefined;
      },
    };
    const narrowed = { _filter_id: filterId, _include: ["id"] };
    const find = () =>
      everyRow(ctx, filteredPages<Blueprint>(client, "blueprints", narrowed, { labelsRule, attrsRule }));
    return await runBulk(ctx, bulk, targets, { find, yes, dryRun, concurrency });
  },
});
