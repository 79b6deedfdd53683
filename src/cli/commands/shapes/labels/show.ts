import type { Label } from "../../../../api/resources.ts";
import type { Context } from "../../../context.ts";
import { ExitCode } from "../../../exit-code.ts";
import type { Column } from "../../../output/column.ts";

export interface LabelRow {
  key: string;
  values: string[];
}

export const LABEL_COLUMNS: readonly Column<LabelRow>[] = [{ key: "key" }, { key: "values" }];

/** One row for each key, with all its values. */
function labelRows(labels: readonly Pick<Label, "key" | "value">[]): LabelRow[] {
  const rows = new Map<string, string[]>();
  for (const { key, value } of labels) rows.set(key, [...(rows.get(key) ?? []), value]);
  return [...rows].map(([key, values]) => ({ key, values: values.sort() }));
}

export async function showLabels(
  ctx: Context,
  title: string,
  labels: readonly Pick<Label, "key" | "value">[],
): Promise<ExitCode> {
  await ctx.output.rows(labelRows(labels), { title, columns: LABEL_COLUMNS });
  return ExitCode.Ok;
}
