import { usageError } from "../errors.ts";

/** One label as the wire has it: a dictionary of one key. */
export type Label = Record<string, string>;

/** `key:value,key:value`; `\,` and `\:` are a comma and a colon inside a value. Repeated labels count once. */
export function parseLabels(text: string): Label[] {
  const labels = new Map<string, Label>();
  for (const part of splitUnescaped(text, ",")) {
    const [key, value, ...more] = splitUnescaped(part, ":").map((word) => unescaped(word.trim()));
    if (!key || !value || more.length > 0) {
      throw usageError(`"${part}" is no label`, { hint: "Labels are written key:value,key:value" });
    }
    refuseBadKey(key);
    refuseBadValue(value);
    labels.set(JSON.stringify([key, value]), { [key]: value });
  }
  return [...labels.values()];
}

/** What `labels delete` takes: `key:value` is one label, `key` alone all of that key. Keys are in lower case, as servers keep them. */
export function parseLabelsToDelete(text: string): Set<string> {
  return new Set(
    splitUnescaped(text, ",").flatMap((part) => {
      const key = unescaped(part.trim());
      if (splitUnescaped(part, ":").length > 1) return parseLabels(part).map(labelText);
      refuseBadKey(key);
      return [key.toLowerCase()];
    }),
  );
}

/** The label as the wire has it when it is sent. */
export const wireLabel = ({ key, value }: { key: string; value: string }): Label => ({ [key]: value });

/** `key:value`, the key in lower case, as servers keep it: the same text is the same label. */
export const labelText = (label: Label): string =>
  Object.entries(label)
    .map(([key, value]) => `${key.toLowerCase()}:${value}`)
    .join();

function refuseBadKey(key: string): void {
  if (/^[\w.-]+$/.test(key)) return;
  throw usageError(`The label key "${key}" contains illegal characters`, {
    hint: "A key is made of letters, digits, dashes, dots and underscores.",
  });
}

function refuseBadValue(value: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (!/["\x00-\x1f\x7f]/.test(value)) return;
  throw usageError(`The label value ${JSON.stringify(value)} contains a quote or a control character`);
}

/** Labels of a resource as its table shows them: `"k:v,k2:v2"`, or nothing. */
export function labelsText(labels: readonly { key: string; value: string }[] | undefined): string {
  if (!labels || labels.length === 0) return "";
  return `"${labels.map(({ key, value }) => `${key}:${value.replace(/[,:]/g, "\\$&")}`).join(",")}"`;
}

function splitUnescaped(text: string, separator: "," | ":"): string[] {
  return text.split(separator === "," ? /(?<!\\),/ : /(?<!\\):/);
}

const unescaped = (text: string): string => text.replace(/\\([,:])/g, "$1");
