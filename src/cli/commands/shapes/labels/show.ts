import type { Label } from "../../../../api/resources.ts";
import type { Context } from "../../../context.ts";
import { ExitCode } from "../../../exit-code.ts";
import type { Column } from "../../../output/column.ts";
import { isDocument } from "../../../output/format.ts";
import type { RowsOptions } from "../../../output/output.ts";

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
  await showByKey(ctx, labelRows(labels), { title, columns: LABEL_COLUMNS });
  return ExitCode.Ok;
}

/** Rows of a table; where a document can be an object, one that has the values under their keys. */
export async function showByKey(
  { output }: Context,
  rows: readonly LabelRow[],
  options: RowsOptions<LabelRow>,
): Promise<void> {
  if (!isDocument(output.format)) return await output.rows(rows, options);
  await output.document(Object.fromEntries(rows.map(({ key, values }) => [key, values])), () => "");
}
