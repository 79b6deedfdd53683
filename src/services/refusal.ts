import { ERROR_STATUS, type ErrorCode } from "../api/errors.ts";

/** A request that the rules turn down. Code and message travel to the caller as they stand. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  /** Further keys of the error body, such as the filter rule that was wrong. */
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = "Refusal";
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

export const badParameters = (message: string): Refusal => new Refusal("bad_parameters_error", message);

/** `model` is the name the API gives the kind of resource: `Blueprint`, `NodeInstance`… */
export const notFound = (model: string, id: string, filters?: Record<string, string>): Refusal => {
  const among = filters
    ? ` (filters: {${Object.entries(filters)
        .map(([key, value]) => `'${key}': '${value}'`)
        .join(", ")}})`
    : "";
  return new Refusal("not_found_error", `Requested \`${model}\` with ID \`${id}\` was not found${among}`);
};

export const alreadyExists = (model: string, id: string, tenant: string): Refusal =>
  new Refusal(
    "conflict_error",
    `<${model} id=\`${id}\` tenant=\`${tenant}\`> already exists on <Tenant name=\`${tenant}\`> or with global visibility`,
  );

/** The resource, or the refusal that it does not exist. */
export function found<Row>(row: Row | undefined | null, model: string, id: string): Row {
  if (row === undefined || row === null) throw notFound(model, id);
  return row;
}
