import { command } from "../../command.ts";
import { activeManagerProfile } from "../../connection/profile-client.ts";
import { ExitCode } from "../../exit-code.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { profileStore } from "../../profiles/store.ts";
import { updateCluster } from "../profiles/update-cluster.ts";

/** `cfy cluster update-profile` */
export const updateProfile = command({
  name: "update-profile",
  summary: "Bring the profile up to date with the hosts of the cluster",
  description:
    "Commands go on with another manager of the cluster when one does not answer; the profile says which ones there are.",
  examples: [["cfy cluster update-profile", "after a manager was added or removed"]],
  async run(ctx) {
    const profiles = profileStore(cloudifyRoot(ctx.env));
    const profile = await activeManagerProfile(profiles, ctx.env);
    await updateCluster(ctx, ctx.client(), profiles, profile);
    return ExitCode.Ok;
  },
});
