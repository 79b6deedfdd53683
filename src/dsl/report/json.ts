import type { DslError } from "../errors.ts";

/** Errors as one JSON document. `name` turns a file's name into what the reader knows it by. */
export const toJson = (errors: readonly DslError[], name: (file: string) => string = (file) => file) => ({
  valid: errors.length === 0,
  errors: errors.map((error) => ({
    ...error.toJSON(),
    ...(error.file === undefined ? {} : { file: name(error.file) }),
  })),
});
