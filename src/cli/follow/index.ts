export { awaitExecution, type FollowExecutionOptions, followExecution } from "./follow-execution.ts";
export { type FollowOutcome, followToEnd } from "./follow-to-end.ts";
export { exitCodeOf, interruptedBy, nameOf, reportOutcome } from "./outcome.ts";
export {
  type ExecutionGroup,
  executionGroupSource,
  executionSource,
  kinds,
} from "./source.ts";
