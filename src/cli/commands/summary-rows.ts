import type { Column } from "../output/column.ts";

/** One line of the API's answer: the field's value, how many, and perhaps the same again `by` another field. */
export type SummaryItem = Record<string, unknown>;

/** The counts of a summary, one row each; with a second field, its total stands below each group. */
export function* summaryRows(
  items: readonly SummaryItem[],
  counted: string,
  field: string,
  subField: string | undefined,
): Generator<SummaryItem> {
  for (const item of items) {
    if (!subField) {
      yield item;
      continue;
    }
    const parts = (item[`by ${subField}`] ?? []) as SummaryItem[];
    for (const part of parts) yield { [field]: item[field], ...part };
    yield { [field]: item[field], [subField]: null, [counted]: item[counted] };
  }
}

export function summaryColumns(counted: string, field: string, subField: string | undefined): Column<SummaryItem>[] {
  const columns: Column<SummaryItem>[] = [{ key: field, whole: true }];
  if (subField) columns.push({ key: subField, whole: true });
  return [...columns, { key: counted }];
}
