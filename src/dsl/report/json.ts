import { DslError, type DslWarning, type Finding } from "../errors.ts";

/** Errors and warnings as one JSON document. `name` turns a file's name into what the reader knows it by. */
export function toJson(findings: readonly Finding[], name: (file: string) => string = (file) => file) {
  const errors = findings.filter((finding) => finding instanceof DslError);
  const warnings = findings.filter((finding): finding is DslWarning => !(finding instanceof DslError));
  return {
    valid: errors.length === 0,
    errors: errors.map((error) => ({
      ...error.toJSON(),
      ...(error.file === undefined ? {} : { file: name(error.file) }),
    })),
    warnings: warnings.map(({ rule, message, hint, location }) => ({
      rule,
      message,
      ...location,
      file: name(location.file),
      hint,
    })),
  };
}
