import type { DslError } from "../errors.ts";

/** Errors as one JSON document. */
export const toJson = (errors: readonly DslError[]) => ({
  valid: errors.length === 0,
  errors: errors.map((error) => error.toJSON()),
});
