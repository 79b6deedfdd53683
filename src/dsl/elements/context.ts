import type { Diagnostics } from "../diagnostics.ts";
import type { DslError } from "../errors.ts";
import type { Limits } from "../limits.ts";
import type { InterfaceOperation } from "../plan.ts";
import type { Sources } from "../sources.ts";
import type { DslVersion } from "../version.ts";

/** What every element is parsed with. */
export interface ElementContext {
  version: DslVersion;
  /** Whether a feature newer than the blueprint's version is refused. */
  validateVersion: boolean;
  diagnostics: Diagnostics;
  limits: Limits;
  sources: Sources;
  report(error: DslError): void;
  /** What templates that leave operations of their types alone have of them: merged once, shared by all. */
  untouchedOperations: WeakMap<object, InterfaceOperation>;
  untouchedInterfaces: WeakMap<object, Record<string, InterfaceOperation>>;
  /** For schedules that give a time of day only. */
  today: Date;
}
