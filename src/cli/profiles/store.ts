import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { makePrivateDirectory, writePrivateFile } from "../../lib/private-file.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { contextText, parseContext, parseOldContext } from "./context-file.ts";
import { LOCAL, type Profile } from "./profile.ts";

export interface ProfileStore {
  /** The name of the profile in use; undefined before one was chosen. */
  active(): Promise<string | undefined>;
  use(name: string): Promise<void>;
  /** Names of the profiles of managers, in order. */
  names(): Promise<string[]>;
  /** @throws CfyError the file cannot be understood */
  find(name: string): Promise<Profile | undefined>;
  /** @throws CfyError there is none of this name */
  get(name: string): Promise<Profile>;
  save(profile: Profile): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  delete(name: string): Promise<void>;
  /** The directory of a profile, where its certificate may lie too. */
  directory(name: string): string;
}

/** Profiles in the layout that cfy has always had: `active.profile` and `profiles/<name>/context.json`. */
export function profileStore(root: string): ProfileStore {
  const activeFile = join(root, "active.profile");
  const directory = (name: string) => join(root, "profiles", checkedName(name));
  const contextFile = (name: string) => join(directory(name), "context.json");
  const oldContextFile = (name: string) => join(directory(name), "context");

  async function find(name: string): Promise<Profile | undefined> {
    const text = await textOf(contextFile(name));
    const oldText = text === undefined ? await textOf(oldContextFile(name)) : undefined;
    try {
      if (text !== undefined) return parseContext(name, text);
      if (oldText !== undefined) return await parseOldContext(name, oldText);
      return undefined;
    } catch (cause) {
      throw unreadable(name, text === undefined ? oldContextFile(name) : contextFile(name), cause);
    }
  }

  return {
    directory,
    find,
    active: async () => (await textOf(activeFile))?.trim() || undefined,
    use: (name) => writePrivateFile(activeFile, checkedName(name)),
    async names() {
      const entries = await readdir(join(root, "profiles"), { withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isDirectory() && entry.name !== LOCAL)
        .map((entry) => entry.name)
        .filter((name) => existsSync(contextFile(name)) || existsSync(oldContextFile(name)))
        .sort();
    },
    async get(name) {
      const profile = await find(name);
      if (!profile) throw await missing(name, await this.names());
      return profile;
    },
    async save(profile) {
      await makePrivateDirectory(directory(profile.name));
      await writePrivateFile(contextFile(profile.name), contextText(profile));
    },
    rename: (from, to) => rename(directory(from), directory(to)),
    delete: (name) => rm(directory(name), { recursive: true, force: true }),
  };
}

/** A name is one segment of a path. */
function checkedName(name: string): string {
  if (name !== "" && name !== "." && name !== ".." && !/[/\\\0]/.test(name)) return name;
  throw new CfyError("bad_profile_name", `A profile cannot be called ${JSON.stringify(name)}`, {
    exit: ExitCode.Usage,
    hint: "Choose a name without slashes: cfy profiles use HOST --profile-name NAME",
  });
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw error;
  }
}

const missing = async (name: string, known: string[]): Promise<CfyError> =>
  new CfyError("profile_not_found", `There is no profile ${name}`, {
    exit: ExitCode.NotFound,
    hint: known.length > 0 ? `Profiles: ${known.join(", ")}` : "Make one: cfy profiles use HOST -u USER",
  });

const unreadable = (name: string, file: string, cause: unknown): CfyError =>
  new CfyError(
    "profile_unreadable",
    `Profile ${name} cannot be read: ${file}: ${cause instanceof Error ? cause.message : cause}`,
    {
      hint: [`Mend the file, or make the profile anew: cfy profiles delete ${name} && cfy profiles use HOST`],
      cause,
    },
  );
