import type { Authentication } from "../../client/index.ts";
import type { Env } from "../context.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import type { Profile } from "../profiles/profile.ts";

type Saved = Pick<Profile, "manager_username" | "manager_password" | "manager_token" | "kerberos_env">;

/**
 * One way to say who asks. Whichever way the environment names wins over the profile's.
 * @throws CfyError there is none, or two that exclude each other
 */
export function credentials(profile: Saved, env: Env, notes: string[]): Authentication {
  const fromEnv = {
    username: env.CLOUDIFY_USERNAME || undefined,
    password: env.CLOUDIFY_PASSWORD || undefined,
    token: env.CLOUDIFY_TOKEN || undefined,
    kerberos: isOn(env.CLOUDIFY_KERBEROS_ENV),
  };
  const fromProfile = {
    username: profile.manager_username ?? undefined,
    password: profile.manager_password ?? undefined,
    token: profile.manager_token ?? undefined,
    kerberos: profile.kerberos_env === true,
  };
  const envWays = waysOf(fromEnv);
  const profileWays = waysOf(fromProfile);
  const ways = envWays.length > 0 ? envWays : profileWays;
  if (ways.length > 1) throw ambiguous(ways, envWays.length > 0 ? "The environment" : "The profile");
  if (envWays.length > 0 && profileWays.length > 0) noteOverridden(fromEnv, fromProfile, notes);

  switch (ways[0]) {
    case "a token":
      return { kind: "token", token: fromEnv.token ?? fromProfile.token ?? "" };
    case "Kerberos":
      throw noKerberos();
    case "a user name": {
      const username = fromEnv.username ?? fromProfile.username;
      const password = fromEnv.password ?? fromProfile.password;
      if (username === undefined) throw incomplete("user name", "CLOUDIFY_USERNAME", "--manager-username");
      if (password === undefined) throw incomplete("password", "CLOUDIFY_PASSWORD", "--manager-password");
      return { kind: "basic", username, password };
    }
    default:
      throw none();
  }
}

type Way = "a token" | "Kerberos" | "a user name";
type Parts = { username?: string; password?: string; token?: string; kerberos: boolean };

function waysOf({ username, password, token, kerberos }: Parts): Way[] {
  const ways: Way[] = [];
  if (token !== undefined) ways.push("a token");
  if (kerberos) ways.push("Kerberos");
  if (username !== undefined || password !== undefined) ways.push("a user name");
  return ways;
}

function noteOverridden(env: Parts, profile: Parts, notes: string[]): void {
  const instead = (variable: string, field: string) =>
    notes.push(`${variable} is used instead of the profile's ${field}`);
  if (env.token !== undefined && profile.token !== env.token) instead("CLOUDIFY_TOKEN", "credentials");
  if (env.username !== undefined && profile.username !== env.username) instead("CLOUDIFY_USERNAME", "user name");
  if (env.password !== undefined && profile.password !== env.password) instead("CLOUDIFY_PASSWORD", "password");
}

const isOn = (text: string | undefined): boolean => text !== undefined && /^(1|true|yes|on)$/i.test(text);

const HOW = [
  "cfy profiles set --manager-username USER     (asks for the password)",
  "or set CLOUDIFY_USERNAME and CLOUDIFY_PASSWORD, or CLOUDIFY_TOKEN",
];

const none = (): CfyError =>
  new CfyError("no_credentials", "The profile holds no credentials", { exit: ExitCode.NotAuthorised, hint: HOW });

const ambiguous = (ways: Way[], where: string): CfyError =>
  new CfyError("ambiguous_credentials", `${where} names more than one way to authenticate: ${ways.join(" and ")}`, {
    exit: ExitCode.Usage,
    hint: "Keep one: cfy profiles unset --manager-token, or unset the variable CLOUDIFY_TOKEN",
  });

const incomplete = (what: string, variable: string, flag: string): CfyError =>
  new CfyError("incomplete_credentials", `The credentials lack a ${what}`, {
    exit: ExitCode.NotAuthorised,
    hint: `Set ${variable}, or save it: cfy profiles set ${flag}`,
  });

const noKerberos = (): CfyError =>
  new CfyError("kerberos_unsupported", "This cfy cannot authenticate with Kerberos", {
    exit: ExitCode.NotAuthorised,
    hint: ["Use a token: cfy profiles set --kerberos-env no --manager-token TOKEN", "or unset CLOUDIFY_KERBEROS_ENV"],
  });
