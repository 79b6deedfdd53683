import { type ArgumentSpec, argument } from "../../argument.ts";
import { type Bulk, bulkColumns, runBulk } from "../../bulk/run-bulk.ts";
import { targetsOf } from "../../bulk/targets.ts";
import type { Context } from "../../context.ts";
import type { ExitCode } from "../../exit-code.ts";

/** An argument that names one, as one that names several. */
export const several = ({ help, complete }: ArgumentSpec<string>, metavar: string) =>
  argument({ help: `${help}; several may be given`, metavar, variadic: true, ...(complete && { complete }) });

interface Deletion {
  noun: readonly [one: string, many: string];
  remove(name: string): Promise<unknown>;
  /** Says that the one that was named is gone. */
  told(name: string): ExitCode | Promise<ExitCode>;
}

/** The columns when several are deleted. */
export const NAMED_COLUMNS = bulkColumns<{ id: string }>();

/** So many requests at a time. */
const CONCURRENCY = 4;

/** Deletes what is named: of one the command tells as it always has, of several a table does. Nothing is asked. */
export async function deleteNamed(
  ctx: Context,
  names: readonly string[],
  { noun, remove, told }: Deletion,
): Promise<ExitCode> {
  const targets = targetsOf(names, { selected: false, metavar: noun[0] });
  if (targets.kind === "one") {
    await remove(targets.id);
    return await told(targets.id);
  }
  const bulk: Bulk<{ id: string }> = {
    noun,
    verb: "delete",
    done: "deleted",
    columns: NAMED_COLUMNS,
    async act({ id }) {
      await remove(id);
      return undefined;
    },
  };
  const find = () => Promise.resolve([]);
  return await runBulk(ctx, bulk, targets, {
    find,
    yes: true,
    dryRun: false,
    concurrency: CONCURRENCY,
  });
}
