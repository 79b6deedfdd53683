export type { Followed } from "../../client/follow/follow.ts";
export {
  type ExecutionGroup,
  executionGroupSource,
  executionGroupStatusSource,
  executionSource,
  executionStatusSource,
  groupNameOf,
  kinds,
  withStatus,
} from "../../client/follow/source.ts";
export { awaitEnd } from "./await-end.ts";
export { type Awaited, awaitMany, type Ending } from "./await-many.ts";
export { awaitExecution, type FollowExecutionOptions, followExecution } from "./follow-execution.ts";
export { type FollowOutcome, followToEnd } from "./follow-to-end.ts";
export { exitCodeOf, howItEnded, interruptedBy, nameOf, reportOutcome } from "./outcome.ts";
export { WaitingNotices, whyPaused } from "./why-waiting.ts";
