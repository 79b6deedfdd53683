import { readFile } from "node:fs/promises";
import type { Context } from "../context.ts";
import { usageError } from "../errors.ts";
import { fileError } from "../file-error.ts";
import { passwordFromStdin } from "../options/password.ts";
import type { Profile } from "./profile.ts";

export interface CredentialArguments {
  managerUsername?: string;
  managerPassword?: string;
  passwordStdin: boolean;
  managerToken?: string;
  tokenFile?: string;
  kerberosEnv?: string;
}

export type Credentials = Pick<Profile, "manager_username" | "manager_password" | "manager_token" | "kerberos_env">;

/** What the command line says about credentials. A password that it leaves out is asked for, where somebody can answer. */
export async function givenCredentials(ctx: Context, args: CredentialArguments): Promise<Partial<Credentials>> {
  const password = await passwordOf(ctx, args);
  const token = await tokenOf(ctx, args);
  if (token !== undefined && (password !== undefined || args.managerUsername !== undefined)) {
    throw usageError("Give a token, or a user name and a password, not both");
  }
  return {
    ...(args.managerUsername !== undefined && { manager_username: args.managerUsername }),
    ...(password !== undefined && { manager_password: password }),
    ...(token !== undefined && { manager_token: token }),
    ...(args.kerberosEnv !== undefined && { kerberos_env: yesOrNo(args.kerberosEnv) }),
  };
}

/** One way to authenticate takes the place of the others. */
export function withCredentials<P extends Credentials>(profile: P, given: Partial<Credentials>): P {
  if (given.manager_token !== undefined) {
    return { ...profile, manager_username: null, manager_password: null, kerberos_env: false, ...given };
  }
  if (given.kerberos_env)
    return { ...profile, manager_username: null, manager_password: null, manager_token: null, ...given };
  if (given.manager_username !== undefined || given.manager_password !== undefined) {
    return { ...profile, manager_token: null, kerberos_env: false, ...given };
  }
  return { ...profile, ...given };
}

async function passwordOf(ctx: Context, args: CredentialArguments): Promise<string | undefined> {
  const { managerUsername, managerPassword, passwordStdin } = args;
  if (passwordStdin && managerPassword !== undefined)
    throw usageError("Give --manager-password or --password-stdin, not both");
  if (passwordStdin) return await passwordFromStdin(ctx);
  if (managerPassword !== undefined || managerUsername === undefined || !ctx.prompt.possible) return managerPassword;
  return ctx.prompt.secret(`Password of ${managerUsername}:`, "Give --password-stdin and write it to standard input");
}

async function tokenOf(ctx: Context, { managerToken, tokenFile, passwordStdin }: CredentialArguments) {
  if (tokenFile === undefined) return managerToken;
  if (managerToken !== undefined) throw usageError("Give --manager-token or --token-file, not both");
  if (tokenFile === "-" && passwordStdin) throw usageError("Standard input cannot hold the password and the token");
  return (tokenFile === "-" ? await ctx.io.stdin.text() : await readToken(tokenFile)).trim();
}

async function readToken(file: string): Promise<string> {
  return await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw fileError(file, cause, "Name the file that holds the token: --token-file FILE, or - for standard input");
  });
}

function yesOrNo(word: string): boolean {
  if (/^(true|yes|on|1)$/i.test(word)) return true;
  if (/^(false|no|off|0)$/i.test(word)) return false;
  throw usageError(`--kerberos-env takes yes or no, not ${JSON.stringify(word)}`);
}
