import type { Json } from "../../api/resources.ts";

/** Node instances on whose behalf functions are evaluated. */
export interface FunctionContext {
  self?: string;
  source?: string;
  target?: string;
}

/** Replaces the intrinsic functions in a value by what they mean now. @throws Error */
export type Evaluate = (value: Json, context: FunctionContext) => Promise<Json>;
