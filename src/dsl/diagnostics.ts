import { DslError } from "./errors.ts";

/** Collects what is wrong, so that one run can tell all of it. */
export class Diagnostics {
  readonly errors: DslError[] = [];

  report(error: DslError): void {
    this.errors.push(error, ...error.others);
  }

  /** Runs a step; when it fails its error is collected and the answer is undefined. */
  guard<T>(step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof DslError)) throw error;
      this.report(error);
      return undefined;
    }
  }
}
