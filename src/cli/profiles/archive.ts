import { chmod, copyFile, cp, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { makePrivateDirectory } from "../../lib/private-file.ts";
import { CfyError } from "../errors.ts";
import { fileError } from "../file-error.ts";
import { type ProfileStore, profileStore } from "./store.ts";

/** Where an archive carries the keys that profiles name: `<file>.<profile>`. */
const KEYS = ".exported-ssh-keys";

/** Packs every profile into a gzipped tar that only its owner can read. Resolves to their names. */
export async function exportProfiles(
  root: string,
  file: string,
  { includeKeys }: { includeKeys: boolean },
): Promise<string[]> {
  const { create } = await import("tar");
  const profiles = profileStore(root);
  const names = await profiles.names();
  const staging = await mkdtemp(join(root, "export-"));
  try {
    for (const name of names) {
      await cp(profiles.directory(name), join(staging, "profiles", name), { recursive: true });
      if (includeKeys) await copyKey(profiles, name, join(staging, "profiles", KEYS));
    }
    await create({ gzip: true, file, cwd: staging, portable: true, mode: 0o600 }, ["profiles"]);
    await chmod(file, 0o600);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return names;
}

async function copyKey(profiles: ProfileStore, name: string, directory: string): Promise<void> {
  const { ssh_key: key } = await profiles.get(name);
  if (key === null) return;
  await makePrivateDirectory(directory);
  await copyFile(key, join(directory, `${basename(key)}.${name}`));
}

/**
 * Unpacks profiles from such an archive, in place of those of the same names. Resolves to their names.
 * @throws CfyError it is no archive of profiles
 */
export async function importProfiles(
  root: string,
  file: string,
  { includeKeys }: { includeKeys: boolean },
): Promise<string[]> {
  const { extract } = await import("tar");
  await makePrivateDirectory(root);
  const staging = await mkdtemp(join(root, "import-"));
  try {
    // Plain files and directories only: a link could lead out of the directory.
    const isPlain = (_path: string, entry: object) =>
      "type" in entry && ["File", "OldFile", "Directory"].includes(String(entry.type));
    await extract({ file, cwd: staging, strict: true, filter: isPlain }).catch((cause) => {
      throw cause.syscall ? fileError(file, cause) : notProfiles(file, cause.message);
    });
    const unpacked = profileStore(staging);
    const names = await unpacked.names();
    if (names.length === 0) throw notProfiles(file, "there is no profile in it");
    // All are read before the first one is put in place: a broken one changes nothing.
    const found = await Promise.all(names.map((name) => unpacked.get(name)));
    const profiles = profileStore(root);
    for (const profile of found) {
      await rm(profiles.directory(profile.name), { recursive: true, force: true });
      await makePrivateDirectory(dirname(profiles.directory(profile.name)));
      await rename(unpacked.directory(profile.name), profiles.directory(profile.name));
      await profiles.save(profile);
      if (includeKeys && profile.ssh_key !== null)
        await putKey(join(staging, "profiles", KEYS), profile.name, profile.ssh_key);
    }
    return names;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Puts a key where its profile looks for it, unless something is there. */
async function putKey(directory: string, name: string, key: string): Promise<void> {
  const files: string[] = await readdir(directory).catch(() => []);
  const carried = files.find((file) => file === `${basename(key)}.${name}`);
  if (carried === undefined) return;
  const target = resolve(key);
  const existing = await readFile(target).catch(() => undefined);
  if (existing !== undefined) return;
  await makePrivateDirectory(dirname(target));
  await copyFile(join(directory, carried), target);
  await chmod(target, 0o600);
}

const notProfiles = (file: string, reason: string): CfyError =>
  new CfyError("not_a_profiles_archive", `${file} holds no profiles: ${reason}`, {
    hint: "cfy profiles export makes such an archive",
  });
