import { ExitCode } from "./exit-code.ts";

export interface ErrorDetails {
  /** 1 unless said otherwise. */
  exit?: ExitCode;
  /** What to do next: one line, or several. */
  hint?: string | readonly string[];
  /** The usage line of the command that was called wrongly. */
  usage?: string;
  /** HTTP status of the server's answer. */
  status?: number;
  requestId?: string;
  cause?: unknown;
  findings?: Findings | undefined;
}

/** Faults of a blueprint that the error is about. */
export interface Findings {
  /** For programs. */
  faults: readonly object[];
  /** For people: the faults with their source lines. */
  text: string;
}

/** An error with a message for the person at the keyboard and a code for their script. */
export class CfyError extends Error {
  override readonly name = "CfyError";
  readonly code: string;
  readonly exit: ExitCode;
  readonly hint: readonly string[];
  readonly usage: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly findings: Findings | undefined;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.exit = details.exit ?? ExitCode.Failed;
    this.hint = typeof details.hint === "string" ? [details.hint] : (details.hint ?? []);
    this.usage = details.usage;
    this.status = details.status;
    this.requestId = details.requestId;
    this.findings = details.findings;
  }
}

/** The command line is wrong: exit code 2. */
export const usageError = (message: string, details: Omit<ErrorDetails, "exit"> = {}): CfyError =>
  new CfyError("usage", message, { ...details, exit: ExitCode.Usage });
