import { classError, type DslErrorClass } from "../errors.ts";
import type { Path } from "../path.ts";
import type { PlanNode } from "../plan.ts";
import type { DslVersion } from "../version.ts";
import type { Evaluation, Scope } from "./evaluation.ts";
import { type FunctionName, isFunction } from "./recognize.ts";

/** Where a value stands, as far as the words SELF, SOURCE and TARGET are concerned. */
export type ScopeKind = "node" | "relationship" | "outputs" | "elsewhere";

/** What a blueprint's functions are checked against. */
export interface Validation {
  version: DslVersion;
  validateVersion: boolean;
  inputs: Readonly<Record<string, unknown>>;
  node(name: string): PlanNode | undefined;
  /** Whether a node is declared but wrong in itself, so that nothing is said about references to it. */
  isBrokenNode(name: string): boolean;
  nodeNames(): Iterable<string>;
  scope: ScopeKind;
  /** The node whose value it is, in scope `node`; source and target in scope `relationship`. */
  self?: PlanNode;
  source?: PlanNode;
  target?: PlanNode;
}

/** One function of the language. */
export type FunctionDefinition = FunctionDeclaration & (PureFunction | AskingFunction);

/** A function that needs nothing but its argument, which is free of functions by then. */
export interface PureFunction {
  compute(argument: unknown, scope: Scope): unknown;
}

/** A function that asks for something of the world. Its argument is free of functions by then. */
export interface AskingFunction {
  evaluate(argument: unknown, scope: Scope, evaluateValue: EvaluateValue): Evaluation;
}

interface FunctionDeclaration {
  name: FunctionName;
  /** `run-time`: only a running deployment can answer it. `hybrid`: it is answered as early as its arguments are. */
  kind: "hybrid" | "run-time";
  /** Minor version it came with. */
  since?: number;
  /** Whether it waits for run time with such an argument. Other hybrid functions refuse arguments that wait. */
  waits?(argument: unknown): boolean;
  /** Its value may be a function itself, which is then evaluated in turn. Functions that reach into other scopes do so there. */
  evaluatesResult?: true;
  /** Checks the form of the argument: as it is written, and again once its own functions are evaluated. @throws DslError */
  check(argument: unknown, path: Path | null): void;
  /** Checks what the argument refers to, while the blueprint is parsed. @throws DslError */
  validate?(argument: unknown, validation: Validation, path: Path | null): void;
}

export type EvaluateValue = (value: unknown, scope: Scope) => Evaluation;

export const isTextOrFunction = (value: unknown): boolean => typeof value === "string" || isFunction(value);

/** What may stand in a path: a name, a key, an index, or a function that gives one. */
const isStep = (value: unknown): boolean =>
  isTextOrFunction(value) || Number.isInteger(value) || typeof value === "boolean";

/** A list of at least so many names, keys and indices. */
export const isPathOf = (value: unknown, least: number): value is unknown[] =>
  Array.isArray(value) && value.length >= least && value.every(isStep);

/** @throws DslError of the class, unless `fits` */
export function mustFit(fits: boolean, className: DslErrorClass, name: string, form: string, path: Path | null): void {
  if (!fits) throw classError(className, `${name} takes ${form}`, { at: path });
}
