// What a plain scalar of YAML 1.1 means, as PyYAML reads it: `yes` is true, `010` is 8, `1:30` is 90, `1e3` is text.
import { Timestamp, WholeFloat } from "./tagged-scalars.ts";

const BOOLEANS = new Map(
  [
    ["yes", "no"],
    ["true", "false"],
    ["on", "off"],
  ].flatMap(([yes = "", no = ""]) => [...casings(yes, true), ...casings(no, false)]),
);
const NULLS = new Set(["", "~", "null", "Null", "NULL"]);
const INTEGER =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|[-+]\d\d?(?::\d\d)?))?$/;
/** Anything else cannot be more than text, and most scalars are. */
const FIRST_CHARACTERS = new Set("-+.0123456789yYnNtTfFoO~");

/** The meaning of a scalar that carries neither quotes nor a tag. */
export function plainScalar(text: string): unknown {
  if (text === "") return null;
  if (!FIRST_CHARACTERS.has(text[0] as string)) return text;
  if (NULLS.has(text)) return null;
  const boolean = BOOLEANS.get(text);
  if (boolean !== undefined) return boolean;
  return number(text) ?? timestamp(text) ?? text;
}

/** The meaning of a scalar under a tag such as `!!int`; undefined where tag and text do not fit. */
export function taggedScalar(tag: string, text: string): unknown {
  switch (tag.replace("tag:yaml.org,2002:", "!!")) {
    case "!":
    case "!!str":
      return text;
    case "!!null":
      return NULLS.has(text) ? null : undefined;
    case "!!bool":
      return BOOLEANS.get(text);
    case "!!int":
      return INTEGER.test(text) ? integer(text) : undefined;
    case "!!float":
      return FLOAT.test(text) || INTEGER.test(text) ? float(text) : undefined;
    case "!!timestamp":
      return timestamp(text);
    default:
      return undefined;
  }
}

/** A key as JSON writes it, for a mapping whose keys are no text. */
export const keyText = (key: unknown): string => (typeof key === "string" ? key : JSON.stringify(key));

function number(text: string): number | WholeFloat | undefined {
  if (INTEGER.test(text)) return integer(text);
  if (FLOAT.test(text)) return float(text);
  return undefined;
}

function integer(text: string): number {
  const digits = text.replaceAll("_", "").replace(/^[-+]/, "");
  const magnitude = digits.includes(":") ? sexagesimal(digits) : radix(digits);
  return text.startsWith("-") && magnitude !== 0 ? -magnitude : magnitude;
}

function radix(digits: string): number {
  if (digits.startsWith("0b") || digits.startsWith("0x")) return Number(digits);
  return digits.length > 1 && digits.startsWith("0") ? Number.parseInt(digits, 8) : Number(digits);
}

function float(text: string): number | WholeFloat {
  const digits = text.replaceAll("_", "").replace(/^[-+]/, "").toLowerCase();
  const magnitude =
    digits === ".inf" ? Number.POSITIVE_INFINITY : digits.includes(":") ? sexagesimal(digits) : Number(digits);
  const value = text.startsWith("-") ? -magnitude : magnitude;
  return Number.isInteger(value) ? new WholeFloat(value) : value;
}

const sexagesimal = (digits: string): number => digits.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

function timestamp(text: string): Timestamp | undefined {
  if (DATE.test(text)) return new Timestamp(text);
  const match = DATE_TIME.exec(text);
  if (!match) return undefined;
  const [, year, month = "", day = "", hour = "", minute, second, fraction, zone] = match;
  const two = (part: string) => part.padStart(2, "0");
  const micro = fraction && Number(fraction) > 0 ? `.${fraction.slice(0, 6).padEnd(6, "0")}` : "";
  const offset = zone === undefined ? "" : zone === "Z" ? "+00:00" : zone.replace(/^([-+])(\d)(?!\d)/, "$10$2");
  const padded = offset !== "" && !offset.includes(":") ? `${offset}:00` : offset;
  return new Timestamp(`${year}-${two(month)}-${two(day)} ${two(hour)}:${minute}:${second}${micro}${padded}`);
}

function casings(word: string, value: boolean): [string, boolean][] {
  const title = word.slice(0, 1).toUpperCase() + word.slice(1);
  return [word, title, word.toUpperCase()].map((text) => [text, value]);
}
