// How functions are evaluated. A function that needs something of the world yields the question and gets the answer
// back, so the same code serves preparing a deployment, where the plan answers at once, and run time, where a database does.
import { classError, type DslErrorClass, type DslErrorDetails } from "../errors.ts";
import type { Path } from "../path.ts";
import type { EvaluationContext, EvaluationStorage } from "./storage.ts";

type Question = keyof EvaluationStorage;

export type Lookup = { [Q in Question]: { question: Q; args: Parameters<EvaluationStorage[Q]> } }[Question];

export type Evaluation<T = unknown> = Generator<Lookup, T, unknown>;

/** What a storage answers. */
type Answer<Q extends Question> = Awaited<ReturnType<EvaluationStorage[Q]>>;

export function* ask<Q extends Question>(
  question: Q,
  ...args: Parameters<EvaluationStorage[Q]>
): Evaluation<Answer<Q>> {
  return (yield { question, args } as Lookup) as Answer<Q>;
}

export interface Scope {
  /**
   * `static`: while a deployment is prepared; what only a running deployment knows is left in place.
   * `runtime`: everything is evaluated.
   */
  stage: "static" | "runtime";
  context: EvaluationContext;
  /** Where the value stands, for errors. */
  path: Path | null;
  /** Functions inside functions so far. */
  depth: number;
  depthLimit: number;
  /** Failing to choose an instance gives a text in place of the value, since one bad output must not hide the others. */
  inOutputs: boolean;
  /** `get_property` calls that are being evaluated, to notice circles. */
  pending: ReadonlySet<string>;
}

export const scopeError = (className: DslErrorClass, message: string, scope: Scope, details?: DslErrorDetails) =>
  classError(className, message, { at: scope.path, ...details });

/** Runs an evaluation whose questions are answered at once. */
export function runSync<T>(evaluation: Evaluation<T>, answer: (lookup: Lookup) => unknown): T {
  let step = evaluation.next();
  while (!step.done) {
    let reply: unknown;
    try {
      reply = answer(step.value);
    } catch (error) {
      step = evaluation.throw(error);
      continue;
    }
    step = evaluation.next(reply);
  }
  return step.value;
}

/** Runs an evaluation against a storage. */
export async function runAsync<T>(evaluation: Evaluation<T>, storage: EvaluationStorage): Promise<T> {
  let step = evaluation.next();
  while (!step.done) {
    let reply: unknown;
    try {
      const { question, args } = step.value;
      reply = await (storage[question] as (...args: unknown[]) => unknown).apply(storage, args);
    } catch (error) {
      step = evaluation.throw(error);
      continue;
    }
    step = evaluation.next(reply);
  }
  return step.value;
}
