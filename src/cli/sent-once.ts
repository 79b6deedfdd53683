import { BAD_GATEWAY } from "../client/fail-over.ts";
import { ConnectionError, RestError } from "../client/index.ts";
import type { Context } from "./context.ts";
import { CfyError } from "./errors.ts";
import { ExitCode } from "./exit-code.ts";

export interface Deed<Result> {
  /** What is done, in the middle of a sentence: `starting install on app`. */
  doing: string;
  send(): Promise<Result>;
  /**
   * Looks whether it was done.
   * @param since nothing older is it: an ISO time, with room for clocks that differ
   */
  find(since: string): Promise<Result | undefined>;
  /** How a person looks. */
  look: string;
}

/** Clocks of two machines may differ by so much before something is taken for older than it is. */
const CLOCK_SKEW_MS = 60_000;
const LOOKS = 8;
/** As many members as a cluster has at most; each is asked once. */
const MEMBERS = 5;
const GATEWAY_STATUSES = [502, 503, 504];

/**
 * Sends a request that must not be obeyed twice. When its answer is lost, the server is asked whether it was done; it is
 * sent again only where a member of a cluster had no server behind its gateway and another member knows of nothing.
 * @throws CfyError the answer was lost, and nobody knows of it
 */
export async function sentOnce<Result>(ctx: Context, deed: Deed<Result>): Promise<Result> {
  const since = new Date(ctx.clock.now() - CLOCK_SKEW_MS).toISOString();
  for (let member = 1; ; member++) {
    try {
      return await deed.send();
    } catch (error) {
      if (!isAnswerLost(error)) throw error;
      ctx.warn(`connection lost while ${deed.doing}, looking whether it was done …`);
      const found = await patiently(ctx, () => deed.find(since));
      if (found !== undefined) {
        ctx.warn("it was done");
        return found;
      }
      if (!isDeadMember(error) || member === MEMBERS) throw notConfirmed(deed, error);
      ctx.warn("it was not done; asking the next member of the cluster");
    }
  }
}

/** A gateway answers for a server that may have obeyed before it was lost. */
const isAnswerLost = (error: unknown): error is ConnectionError | RestError =>
  error instanceof ConnectionError
    ? error.sent
    : error instanceof RestError && error.body === undefined && GATEWAY_STATUSES.includes(error.status);

/** Of a cluster: what is asked next goes to another member. */
const isDeadMember = (error: ConnectionError | RestError): boolean =>
  error instanceof ConnectionError && error.code === BAD_GATEWAY;

async function patiently<T>(ctx: Context, read: () => Promise<T>): Promise<T> {
  for (let look = 1; ; look++) {
    try {
      return await read();
    } catch (error) {
      const worthwhile = error instanceof ConnectionError || isAnswerLost(error);
      if (!worthwhile || look === LOOKS) throw error;
      await ctx.clock.sleep(250 * look, ctx.signal);
    }
  }
}

const notConfirmed = ({ doing, look }: Deed<unknown>, cause: Error): CfyError =>
  new CfyError("not_confirmed", `The connection broke while ${doing}: ${cause.message}`, {
    exit: ExitCode.Unreachable,
    hint: ["The server knows nothing of it, so the same command may be given again.", look],
    cause,
  });
