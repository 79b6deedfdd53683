import { usageError } from "../errors.ts";
import { didYouMean } from "../suggest.ts";
import type { TimeForm } from "./time-form.ts";

/** One field of a row: how it is called, where its value comes from, when it is shown. */
export interface Column<Row> {
  /** Head in tables and key in machine formats. */
  readonly key: string;
  /** The row's field of that name when left out. */
  readonly value?: (row: Row) => unknown;
  /** How tables write it for people, where programs get a number. */
  readonly shown?: (row: Row) => string;
  /** Not in the table, but in machine formats, in the extended view and by `--columns`. */
  readonly extended?: boolean;
  /** Never cut to fit the terminal. True for ids, names, times and the like unless said otherwise. */
  readonly whole?: boolean;
  /** `--time-format` applies to it. True for `created_at` and the like unless said otherwise. */
  readonly time?: boolean;
  /** 0 unless said otherwise; on a narrow terminal the lowest ones are left out first. */
  readonly priority?: number;
}

/** What every resource carries and few look for. */
const SELDOM_WANTED = new Set(["visibility", "tenant_name", "created_by", "updated_at", "main_file_name"]);

export const priorityOf = ({ key, priority }: Column<never>): number => priority ?? (SELDOM_WANTED.has(key) ? -1 : 0);

/** The row's value, null where it has none. */
export const valueIn = <Row>(row: Row, column: Column<Row>): unknown => {
  const value = column.value ? column.value(row) : (row as Record<string, unknown>)[column.key];
  return value ?? null;
};

/** Rows' values of a column as people and spreadsheets read them: a time in the form that was asked for. */
export const shownBy = <Row>(column: Column<Row>, time: TimeForm): ((row: Row) => unknown) =>
  isTime(column) ? (row) => time(valueIn(row, column)) : (row) => valueIn(row, column);

export const isWhole = ({ key, whole }: Column<never>): boolean => whole ?? /(^|_)(id|name|key|at|status)$/.test(key);

/** Whether a value of this name is a time, or a list of times. */
export const isTime = ({ key, time }: Pick<Column<never>, "key" | "time">): boolean =>
  time ?? /(_at|_timestamp|_date|_occurrences?|^scheduled_for|^since|^until|^last_(seen|used))$/.test(key);

/** The names in the text of `--columns`. */
export const columnNames = (text: string | undefined): string[] | undefined =>
  text?.split(",").map((name) => name.trim());

/**
 * The columns that `--columns` asks for, in its order.
 * @throws CfyError usage, for one that is not among them
 */
export function pickColumns<C extends { readonly key: string }>(columns: readonly C[], keys: readonly string[]): C[] {
  const known = columns.map(({ key }) => key);
  return keys.map((key) => {
    const column = columns.find((candidate) => candidate.key === key);
    if (column) return column;
    throw usageError(`There is no column "${key}"`, {
      hint: [...didYouMean(key, known), `Columns: ${known.join(", ")}`],
    });
  });
}
