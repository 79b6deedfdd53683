import { usageError } from "../errors.ts";
import { didYouMean } from "../suggest.ts";

/** One field of a row: how it is called, where its value comes from, when it is shown. */
export interface Column<Row> {
  /** Head in tables and key in machine formats. */
  readonly key: string;
  /** The row's field of that name when left out. */
  readonly value?: (row: Row) => unknown;
  /** Not in the table, but in machine formats, in the extended view and by `--columns`. */
  readonly extended?: boolean;
  /** Never cut to fit the terminal. True for ids, names, times and the like unless said otherwise. */
  readonly whole?: boolean;
  /** 0 unless said otherwise; on a narrow terminal the lowest ones are left out first. */
  readonly priority?: number;
}

/** What every resource carries and few look for. */
const SELDOM_WANTED = new Set(["visibility", "tenant_name", "created_by", "updated_at", "main_file_name"]);

export const priorityOf = ({ key, priority }: Column<never>): number => priority ?? (SELDOM_WANTED.has(key) ? -1 : 0);

export const valueIn = <Row>(row: Row, column: Column<Row>): unknown => {
  const value = column.value ? column.value(row) : (row as Record<string, unknown>)[column.key];
  return value ?? null;
};

export const isWhole = ({ key, whole }: Column<never>): boolean => whole ?? /(^|_)(id|name|key|at|status)$/.test(key);

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
