import { createHash, randomBytes } from "node:crypto";
import type { UnitOfWork } from "../../storage/index.ts";

/** Tokens are long and random, so that a plain digest keeps them; nothing needs to be slowed down. */
export const tokenDigest = (token: string): string => createHash("sha256").update(token).digest("hex");

/**
 * Gives a running execution a new token, with which its operations may call the API as its creator. The old one is
 * worth nothing from now on.
 */
export async function issueExecutionToken(tx: UnitOfWork, executionId: string): Promise<string> {
  const token = randomBytes(16).toString("hex");
  await tx.executions.update(executionId, { token_hash: tokenDigest(token) });
  return token;
}
