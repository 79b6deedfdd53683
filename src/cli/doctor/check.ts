export type Status = "ok" | "warn" | "fail" | "skip";

/** What a check found out, and what to do when that is not well. Never holds a secret. */
export interface Finding {
  status: Status;
  detail: string;
  fix?: readonly string[];
}

export interface Check {
  id: string;
  /** Which of several it looks at, such as `10.0.0.1:443`. */
  target?: string;
  /** Checks that must not have failed before this one makes sense. */
  needs?: readonly Check[];
  /** Checks of which one must not have failed. */
  needsOneOf?: readonly Check[];
  /** When one of these is well, a failure of this check only deserves a warning. */
  spares?(): readonly Check[];
  /** What it throws counts as a failure. */
  run(signal: AbortSignal): Promise<Finding>;
}

export interface Result {
  id: string;
  target: string | null;
  status: Status;
  detail: string;
  /** What to do; null where nothing is wrong. */
  fix: string | null;
}

export const ok = (detail: string): Finding => ({ status: "ok", detail });
export const skip = (detail: string): Finding => ({ status: "skip", detail });
export const warn = (detail: string, ...fix: string[]): Finding => ({ status: "warn", detail, fix });
export const fail = (detail: string, ...fix: string[]): Finding => ({ status: "fail", detail, fix });

/** `tls 10.0.0.1:443` */
export const nameOf = ({ id, target }: { id: string; target?: string | null }): string =>
  target ? `${id} ${target}` : id;
