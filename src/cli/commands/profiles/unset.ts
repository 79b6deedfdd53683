import { command, flag } from "../../command.ts";
import { activeManagerProfile, checkCredentials, profileClient } from "../../connection/profile-client.ts";
import { usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import type { Profile } from "../../profiles/profile.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { profileStore } from "../../profiles/store.ts";
import { skipValidation } from "./options.ts";

const FIELDS = {
  managerUsername: { manager_username: null },
  managerPassword: { manager_password: null },
  managerToken: { manager_token: null },
  managerTenant: { manager_tenant: null },
  sshUser: { ssh_user: null },
  sshKey: { ssh_key: null },
  restCertificate: { rest_certificate: null },
  kerberosEnv: { kerberos_env: false },
  // Left out of the file.
  readOnly: { read_only: undefined },
} as const satisfies Record<string, Partial<Profile>>;

/** `cfy profiles unset`: takes settings out of the profile in use. */
export const unset = command({
  name: "unset",
  summary: "Take settings out of the profile in use",
  options: {
    managerUsername: flag({ flags: ["-u", "--manager-username"], help: "The user name" }),
    managerPassword: flag({ flags: ["-p", "--manager-password"], help: "The password" }),
    managerToken: flag({ flags: ["-T", "--manager-token"], help: "The token" }),
    managerTenant: flag({ flags: ["-t", "--manager-tenant"], help: "The tenant" }),
    sshUser: flag({ flags: ["-s", "--ssh-user"], help: "The user for logging in to the host" }),
    sshKey: flag({ flags: ["-k", "--ssh-key"], help: "The key for logging in to the host" }),
    restCertificate: flag({ flags: ["-c", "--rest-certificate"], help: "The authorities to trust" }),
    kerberosEnv: flag({ flags: ["--kerberos-env"], help: "Kerberos" }),
    readOnly: flag({ flags: ["--read-only"], help: "Let commands change things on the manager again" }),
    skipValidation,
  },
  examples: [["cfy profiles unset -u -p", "credentials then have to come from the environment"]],
  async run(ctx, { skipValidation, ...flags }) {
    const names = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
    const chosen = names.filter((name) => flags[name]);
    if (chosen.length === 0) throw usageError("There is nothing to unset: name a setting");
    const profiles = profileStore(cloudifyRoot(ctx.env));
    const current = await activeManagerProfile(profiles, ctx.env);
    const profile: Profile = Object.assign({ ...current }, ...chosen.map((name) => FIELDS[name]));
    const changesConnection = chosen.some((name) => name !== "readOnly");
    if (changesConnection && !skipValidation) {
      const { client, address } = profileClient(ctx, profile, profiles);
      await checkCredentials(ctx, client, address);
    }
    await profiles.save(profile);
    for (const name of chosen) ctx.notice(`${Object.keys(FIELDS[name]).join()} is unset`);
    return ExitCode.Ok;
  },
});
