/** Values as Python shows them: messages of events and of the wire, and the `ctx` command, print what `str()` and `repr()` would. */

/** `str(value)`: a text stays as it is, everything else is its `repr`. */
export const pythonStr = (value: unknown): string => (typeof value === "string" ? value : pythonRepr(value));

/** `repr(value)` of the Python value that this JSON value decodes to. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  if (typeof value === "object") return `{${entries(value, pythonRepr, ": ")}}`;
  return String(value);
}

/** `type(value).__name__` of the Python value that this JSON value decodes to. */
export function pythonTypeName(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (Array.isArray(value)) return "list";
  switch (typeof value) {
    case "string":
      return "str";
    case "boolean":
      return "bool";
    case "number":
      return Number.isInteger(value) ? "int" : "float";
    default:
      return "dict";
  }
}

const entries = (value: object, show: (item: unknown) => string, separator: string): string =>
  Object.entries(value)
    .map(([key, item]) => `${show(key)}${separator}${show(item)}`)
    .join(", ");

const ESCAPES: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: repr escapes exactly these.
  const body = text.replace(/[\\\u0000-\u001f\u007f-\u00a0]/g, (char) => {
    const code = char.charCodeAt(0).toString(16).padStart(2, "0");
    return ESCAPES[char] ?? `\\x${code}`;
  });
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}
