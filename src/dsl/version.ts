import { type DslError, formatError, logicError } from "./errors.ts";
import { at, type Path } from "./path.ts";

/** `cloudify_dsl_1_3` */
export interface DslVersion {
  raw: string;
  major: number;
  minor: number;
}

const SUPPORTED = ["1_0", "1_1", "1_2", "1_3", "1_4", "1_5"].map((version) => `cloudify_dsl_${version}`);

export const versionKey = "tosca_definitions_version";

/** Names a version by its minor number: all supported ones are 1.x. */
export const minorVersion = (minor: number): string => `cloudify_dsl_1_${minor}`;

/** @throws DslError 27 missing, 29 unsupported, 1 not text */
export function parseVersion(raw: unknown): DslVersion {
  const path = at(null, versionKey);
  const hint = `start the blueprint with "${versionKey}: ${SUPPORTED.at(-1)}"`;
  if (raw === undefined || raw === null) {
    throw logicError(27, `the blueprint does not say which version of the language it is written in`, {
      at: path,
      hint,
    });
  }
  if (typeof raw !== "string") throw formatError(`${versionKey} must be text`, { at: path, hint });
  if (!SUPPORTED.includes(raw)) {
    throw logicError(29, `${versionKey} ${JSON.stringify(raw)} is not supported`, {
      at: path,
      hint: `supported are ${SUPPORTED.join(", ")}`,
    });
  }
  const [major = 0, minor = 0] = raw.replace("cloudify_dsl_", "").split("_").map(Number);
  return { raw, major, minor };
}

export const isSupportedVersion = (raw: unknown): raw is string => typeof raw === "string" && SUPPORTED.includes(raw);

/** The error for a feature that the blueprint's version does not have yet. */
export const tooNew = (what: string, since: number, version: DslVersion, path: Path | null): DslError =>
  logicError(102, `${what} needs ${minorVersion(since)} or later, and this blueprint is ${version.raw}`, {
    at: path,
    hint: `write "${versionKey}: ${minorVersion(since)}"`,
  });
