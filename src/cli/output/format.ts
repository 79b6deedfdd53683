import { usageError } from "../errors.ts";

/** How results can be written; `table` is for people, the others are for programs. */
export const FORMATS = ["table", "json", "jsonl", "yaml", "csv", "tsv", "id"] as const;
export type Format = (typeof FORMATS)[number];

/** The format that the options ask for; two that differ are a mistake. */
export function chooseFormat(asked: { json: boolean; format?: string; output?: string }): Format {
  const wanted = new Set([asked.json ? "json" : undefined, asked.format, asked.output].map(named));
  wanted.delete(undefined);
  const [format, another] = wanted;
  if (format && another) throw usageError(`Two output formats were asked for: ${format} and ${another}`);
  return format ?? "table";
}

const named = (format: string | undefined): Format | undefined =>
  format === "plain" ? "table" : FORMATS.find((known) => known === format);
