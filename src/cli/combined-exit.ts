import { ExitCode } from "./exit-code.ts";

/** These are about the command as a whole, whatever came of the single things. */
const FIRST: readonly ExitCode[] = [ExitCode.Terminated, ExitCode.Interrupted, ExitCode.TimedOut];

/**
 * The exit code of a command about several things: 0 when all went well; what those that did not have in common;
 * 1 when they have nothing in common. An interrupt and a time-out go before.
 */
export function combinedExit(codes: readonly ExitCode[]): ExitCode {
  const bad = new Set<ExitCode>(codes.filter((code) => code !== ExitCode.Ok));
  const [one = ExitCode.Ok] = bad;
  return FIRST.find((code) => bad.has(code)) ?? (bad.size > 1 ? ExitCode.Failed : one);
}
