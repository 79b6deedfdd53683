import Table from "cli-table3";
import type { Look, TextColumn } from "./justify.ts";

/** The original's frame. cli-table3's own draws with box characters, and colours them even into a pipe. */
const FRAME = {
  top: "-",
  "top-left": "+",
  "top-mid": "+",
  "top-right": "+",
  mid: "",
  "left-mid": "",
  "mid-mid": "",
  "right-mid": "",
  middle: "|",
  left: "|",
  right: "|",
  bottom: "-",
  "bottom-left": "+",
  "bottom-mid": "+",
  "bottom-right": "+",
};
const PLAIN = { head: [], border: [] };

/** Frames columns whose texts are all justified; a rule stands under the heads and nowhere else between rows. */
export function shortTable(columns: readonly TextColumn[], { heads }: Look): string[] {
  const rows = (columns[0]?.cells ?? []).map((_, row) => columns.map(({ cells }) => cells[row] ?? ""));
  if (!heads && rows.length > 0) return framed(rows);
  const [rule = "", ...head] = framed([columns.map(({ head }) => head)]).slice(0, -1);
  const body = rows.length > 0 ? framed(rows) : [rule, rule];
  return heads ? [rule, ...head, ...body] : body;
}

function framed(rows: string[][]): string[] {
  const table = new Table({ chars: FRAME, style: PLAIN });
  table.push(...rows);
  return table.toString().split("\n");
}
