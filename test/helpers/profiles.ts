import { join } from "node:path";
import { newProfile, type Profile } from "../../src/cli/profiles/profile.ts";
import { type ProfileStore, profileStore } from "../../src/cli/profiles/store.ts";
import { temporaryDirectory } from "./directory.ts";

export interface Home {
  /** For the environment of a command line. */
  env: { CFY_WORKDIR: string };
  profiles: ProfileStore;
  directory: string;
}

/** A home of cfy for one test, with a profile in use when one is given. */
export async function cfyHome(active?: Partial<Profile> & { name: string }): Promise<Home> {
  const directory = temporaryDirectory();
  const profiles = profileStore(join(directory, ".cloudify"));
  if (active) {
    await profiles.save({ ...newProfile(active.name), ...active });
    await profiles.use(active.name);
  }
  return { env: { CFY_WORKDIR: directory }, profiles, directory };
}
