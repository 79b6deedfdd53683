import { usageError } from "../errors.ts";

/** How results can be written; `table` is for people, the others are for programs. */
export const FORMATS = ["table", "json", "jsonl", "yaml", "csv", "tsv", "id"] as const;
/** Formats that only those commands write which say so. */
export const SPECIAL_FORMATS = ["sarif"] as const;
export type SpecialFormat = (typeof SPECIAL_FORMATS)[number];
export type Format = (typeof FORMATS)[number] | SpecialFormat;

/** Whether a result in this format is one value, of any shape. */
export const isDocument = (format: Format): boolean => format === "json" || format === "yaml";

interface Asked {
  json: boolean;
  format?: string;
  output?: string;
}

/**
 * The format that the options ask for.
 * @throws CfyError usage, two that differ, or a special one that the command does not write
 */
export function chooseFormat(asked: Asked, special: readonly SpecialFormat[] = []): Format {
  const format = oneFormat(asked);
  const unwritten = SPECIAL_FORMATS.find((each) => each === format && !special.includes(each));
  if (unwritten)
    throw usageError(`This command does not write ${unwritten}`, { hint: `Formats: ${FORMATS.join(", ")}` });
  return format;
}

function oneFormat(asked: Asked): Format {
  const wanted = new Set([asked.json ? "json" : undefined, asked.format, asked.output].map(named));
  wanted.delete(undefined);
  const [format, another] = wanted;
  if (format && another) throw usageError(`Two output formats were asked for: ${format} and ${another}`);
  return format ?? "table";
}

const named = (format: string | undefined): Format | undefined =>
  format === "plain" ? "table" : [...FORMATS, ...SPECIAL_FORMATS].find((known) => known === format);
