import { pythonRepr } from "../../lib/python-text.ts";
import { badParameters } from "../refusal.ts";

export interface LabelPair {
  key: string;
  value: string;
}

const RESERVED_PREFIX = "csys-";
/** Reserved keys that people may set; the manager itself reads them. */
export const KNOWN_RESERVED: readonly string[] = [
  "csys-obj-name",
  "csys-obj-type",
  "csys-env-type",
  "csys-wrcp-services",
  "csys-location-name",
  "csys-location-lat",
  "csys-location-long",
  "csys-obj-parent",
  "csys-environment",
  "csys-consumer-id",
  "csys-wrcp-group-id",
];
const MAXIMUM_LENGTH = 256;

/**
 * Labels as clients send them: `[{key: value}]`, `[{key: [values]}]`, or `[{"key": k, "value": v}]`.
 * @throws bad_parameters_error when one is malformed, reserved, or given twice
 */
export function parseLabels(labels: unknown): LabelPair[] {
  if (labels === undefined || labels === null) return [];
  if (!Array.isArray(labels))
    throw badParameters("Labels must be a list of 1-entry dictionaries: [{<key1>: <value1>}, ...]");
  const parsed = labels.flatMap(pairsOf);
  const seen = new Set<string>();
  for (const { key, value } of parsed) {
    const pair = JSON.stringify([key, value]);
    if (seen.has(pair)) throw badParameters(`You cannot define the same label twice: ${pythonRepr({ [key]: value })}`);
    seen.add(pair);
  }
  return parsed;
}

function pairsOf(label: unknown): LabelPair[] {
  if (typeof label !== "object" || label === null || Array.isArray(label)) throw malformed(label);
  const entries = Object.entries(label);
  if (entries.length === 2 && "key" in label && "value" in label) return valuesOf(label.key, label.value);
  const [entry] = entries;
  if (!entry || entries.length !== 1) throw malformed(label);
  return valuesOf(entry[0], entry[1]);
}

const valuesOf = (key: unknown, values: unknown): LabelPair[] =>
  (Array.isArray(values) ? values : [values]).map((value) => parsePair(key, value));

function parsePair(key: unknown, value: unknown): LabelPair {
  if (typeof key !== "string" || typeof value !== "string") throw malformed({ [String(key)]: value });
  const lowered = key.toLowerCase();
  if (!/^[A-Za-z0-9._~-]+$/.test(key) || key.length > MAXIMUM_LENGTH) {
    throw badParameters(`The label's key ${pythonRepr(key)} is not valid: up to 256 letters, digits, "-", "." and "_"`);
  }
  if (lowered.startsWith(RESERVED_PREFIX) && !KNOWN_RESERVED.includes(lowered)) {
    throw badParameters(
      `All labels with a \`${RESERVED_PREFIX}\` prefix are reserved for internal use. Allowed are: ${KNOWN_RESERVED.join(", ")}`,
    );
  }
  return { key: lowered, value: parseValue(lowered, value) };
}

function parseValue(key: string, value: string): string {
  const folded = value.normalize("NFKC");
  if (folded === "" || folded.length > MAXIMUM_LENGTH || /[\p{Cc}"]/u.test(folded)) {
    throw badParameters(
      `The label's value ${pythonRepr(value)} is not valid: 1 to 256 characters, no control characters, no quotation marks`,
    );
  }
  if (key === "csys-location-lat") validateDegrees(key, folded, 90);
  if (key === "csys-location-long") validateDegrees(key, folded, 180);
  return key === "csys-obj-type" ? folded.toLowerCase() : folded;
}

function validateDegrees(key: string, value: string, limit: number): void {
  const degrees = Number(value);
  if (!(Math.abs(degrees) <= limit))
    throw badParameters(`The label ${key} must be a number from -${limit} to ${limit}, got ${value}`);
}

const malformed = (label: unknown): Error =>
  badParameters(`Labels must be a list of 1-entry dictionaries: [{<key1>: <value1>}, ...], got ${pythonRepr(label)}`);
