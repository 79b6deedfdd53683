import { type ReadOnlyError, readOnly } from "../../client/read-only.ts";
import type { Transport } from "../../client/transport.ts";
import type { Env } from "../context.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import type { Profile } from "../profiles/profile.ts";

const BY_ENVIRONMENT = "CFY_READ_ONLY is set";
const NO = new Set(["0", "false", "no", "off"]);

/** What makes this command one that may only read; undefined when nothing does. The environment goes before the profile. */
export function readOnlyBecause(env: Env, profile?: Pick<Profile, "name" | "read_only">): string | undefined {
  const said = env.CFY_READ_ONLY?.trim().toLowerCase();
  if (said) return NO.has(said) ? undefined : BY_ENVIRONMENT;
  return profile?.read_only ? `profile ${profile.name} is read-only` : undefined;
}

/** The transport as the environment and the profile allow it to be used. */
export function guarded(transport: Transport, env: Env, profile?: Profile): Transport {
  const because = readOnlyBecause(env, profile);
  return because === undefined ? transport : readOnly(transport, because);
}

/** For changes that are no request, such as those by ssh. @throws CfyError this command may only read */
export function refuseWhenReadOnly(what: string, env: Env, profile: Profile): void {
  const because = readOnlyBecause(env, profile);
  if (because !== undefined) throw refusal(`${what} is refused: ${because}`, because);
}

export const explainReadOnly = (error: ReadOnlyError): CfyError => refusal(error.message, error.because, error);

const refusal = (message: string, because: string, cause?: unknown): CfyError =>
  new CfyError("read_only", message, {
    exit: ExitCode.NotAuthorised,
    hint:
      because === BY_ENVIRONMENT
        ? "Nothing was changed. To let it through: unset CFY_READ_ONLY"
        : "Nothing was changed. To let it through once: CFY_READ_ONLY=0; for good: cfy profiles unset --read-only",
    cause,
  });
