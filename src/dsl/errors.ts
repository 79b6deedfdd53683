import type { Path } from "./path.ts";
import { pathKeys } from "./path.ts";

/** Names of the exceptions that blueprint tooling of this language raises; clients and logs match on them. */
export type DslErrorClass =
  | "DSLParsingException"
  | "DSLParsingLogicException"
  | "DSLParsingFormatException"
  | "DSLParsingInputTypeException"
  | "DSLParsingElementMatchException"
  | "InvalidBlueprintImport"
  | "ConstraintException"
  | "MissingRequiredInputError"
  | "UnknownInputError"
  | "InputEvaluationError"
  | "FunctionEvaluationError"
  | "FunctionValidationError"
  | "UnknownSecretError"
  | "UnsupportedGetSecretError"
  | "EvaluationRecursionLimitReached"
  | "UnknownSysEntityError"
  | "UnknownSysPropertyError"
  | "IllegalConnectedToConnectionType"
  | "UnsupportedRelationship"
  | "IllegalAllToOneState"
  | "UnsupportedAllToOneInGroup"
  | "NonRecoverableError"
  | "ValueError"
  | "KeyError"
  | "TypeError"
  | "IndexError";

/** Where in which text an error stands. Lines and columns count from 1. */
export interface SourceLocation {
  file: string;
  line: number;
  column: number;
}

export interface DslErrorDetails {
  /** Where in the merged document; gives `path` and, while parsing, file, line and column. */
  at?: Path | null;
  /** The key is wrong, not its value: point at the key. */
  onKey?: boolean;
  /** A sentence that says what to do. */
  hint?: string;
  location?: SourceLocation;
  /** Found in the same reading, and no consequences of this one. */
  others?: readonly DslError[];
  cause?: unknown;
}

/** Everything the blueprint language can refuse. Nothing else is thrown by this folder. */
export class DslError extends Error {
  override readonly name = "DslError";
  /** Numeric code of the original, null where it knows a class only. */
  readonly code: number | null;
  readonly className: DslErrorClass;
  readonly hint: string | undefined;
  readonly at: Path | null;
  readonly onKey: boolean;
  readonly others: readonly DslError[];
  location: SourceLocation | undefined;

  constructor(className: DslErrorClass, code: number | null, message: string, details: DslErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.className = className;
    this.code = code;
    this.hint = details.hint;
    this.at = details.at ?? null;
    this.onKey = details.onKey ?? false;
    this.others = details.others ?? [];
    this.location = details.location;
  }

  /** Keys from the document's root to the offending element. */
  get path(): (string | number)[] {
    return pathKeys(this.at);
  }

  get file(): string | undefined {
    return this.location?.file;
  }

  get line(): number | undefined {
    return this.location?.line;
  }

  get column(): number | undefined {
    return this.location?.column;
  }

  toJSON() {
    const { code, className, message, hint, path, location } = this;
    return { code, class: className, message, ...location, path, ...(hint === undefined ? {} : { hint }) };
  }
}

/** What the language allows, and is most likely a mistake. */
export interface DslWarning {
  rule: "duplicate-key";
  message: string;
  /** A sentence that says what to do. */
  hint: string;
  location: SourceLocation;
}

/** All that a check may tell. */
export type Finding = DslError | DslWarning;

/** The blueprint is well formed and says something that cannot be. */
export const logicError = (code: number, message: string, details?: DslErrorDetails) =>
  new DslError("DSLParsingLogicException", code, message, details);

/** The blueprint is not of the form that the language wants. Code 1 unless said otherwise. */
export const formatError = (message: string, details?: DslErrorDetails, code = 1) =>
  new DslError("DSLParsingFormatException", code, message, details);

export const parsingError = (code: number, message: string, details?: DslErrorDetails) =>
  new DslError("DSLParsingException", code, message, details);

/** An error that is known by its class alone. */
export const classError = (className: DslErrorClass, message: string, details?: DslErrorDetails) =>
  new DslError(className, null, message, details);
