import { isDict } from "../records.ts";
import { Timestamp, WholeFloat } from "../yaml/tagged-scalars.ts";

/** A value as Python's `str()` writes it: `True`, `None`, `[1, 'a']`, `{'k': 2.5}`. */
export function pythonText(value: unknown): string {
  return typeof value === "string" ? value : representation(value);
}

function representation(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return quoted(value);
  if (value instanceof WholeFloat) return float(value.value);
  if (value instanceof Timestamp) return value.text;
  if (Array.isArray(value)) return `[${value.map(representation).join(", ")}]`;
  if (isDict(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${quoted(key)}: ${representation(item)}`);
    return `{${entries.join(", ")}}`;
  }
  return String(value);
}

function number(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Number.isInteger(value) ? BigInt(value).toString() : float(value);
}

/** Python writes an exponent from 1e16 on and below 1e-4, with two digits; JavaScript at 1e21 and 1e-7. */
function float(value: number): string {
  if (!Number.isFinite(value)) return number(value);
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude >= 1e16 || magnitude < 1e-4)) {
    return value.toExponential().replace(/e([-+])(\d)$/, "e$10$2");
  }
  return Number.isInteger(value) ? `${Object.is(value, -0) ? "-0" : value}.0` : String(value);
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character);
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
