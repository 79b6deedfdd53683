import type { DslErrorDetails } from "./errors.ts";
import { formatError } from "./errors.ts";

/** Bounds that no honest blueprint meets, so that a hostile one ends in an error and not in a dead server. */
export interface Limits {
  /** Characters of one file. */
  fileSize: number;
  /** Nested mappings and lists of one file. */
  depth: number;
  /** Values of one file once its aliases are written out. */
  expandedValues: number;
  /** Types derived from each other in one line. */
  derivation: number;
  /** Files of one blueprint, imports included. */
  files: number;
  /** Functions that lead to functions while one value is evaluated in a running deployment. */
  functionDepth: number;
  /** The same while a deployment is prepared, where properties may form long chains. */
  staticFunctionDepth: number;
  /** Node instances of one deployment. */
  nodeInstances: number;
}

export const defaultLimits: Limits = {
  fileSize: 32 * 1024 * 1024,
  depth: 100,
  expandedValues: 5_000_000,
  derivation: 200,
  files: 1_000,
  functionDepth: 50,
  staticFunctionDepth: 400,
  nodeInstances: 200_000,
};

export const limitExceeded = (name: keyof Limits, limit: number, what: string, details?: DslErrorDetails) =>
  formatError(`${what}: the limit ${name} is ${limit}`, details);
