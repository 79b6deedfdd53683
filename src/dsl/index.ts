export * from "./errors.ts";
export type { EvaluationContext, EvaluationStorage, StoredNode, StoredNodeInstance } from "./functions/storage.ts";
export type * from "./plan.ts";
export type * from "./resolver.ts";
