const TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-][\d:]+)?$/;

/** The text of a value in a table: times without `T` and `Z`, lists joined by commas, nothing for what is not there. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return TIME.test(value) ? value.replace("T", " ").replace(/Z$/, "") : value;
  if (Array.isArray(value)) return value.map(cellText).join(",");
  if (typeof value === "object") return JSON.stringify(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}
