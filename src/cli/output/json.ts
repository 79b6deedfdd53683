/**
 * JSON as the original writes it: one line, with a blank after each comma and colon,
 * so that scripts that compare or grep its text find the same one.
 */
export function jsonLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonLine).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const toJson = (value as { toJSON?: () => unknown }).toJSON;
    if (typeof toJson === "function") return jsonLine(toJson.call(value));
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => `${jsonText(key)}: ${jsonLine(field)}`);
    return `{${fields.join(", ")}}`;
  }
  return value === undefined ? "null" : typeof value === "string" ? jsonText(value) : JSON.stringify(value);
}

/** A string with everything beyond ASCII escaped, as Python's json writes it. */
const jsonText = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
