import { argument, command } from "../../command.ts";
import { activeManagerProfile } from "../../connection/profile-client.ts";
import { CfyError, usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { managersOf } from "../../profiles/profile.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { profileStore } from "../../profiles/store.ts";
import { restCertificate, sshOptions } from "./options.ts";

/** `cfy profiles set-cluster`: settings of one manager that differ from those of its cluster. */
export const setCluster = command({
  name: "set-cluster",
  summary: "Change the settings of one manager of the cluster",
  arguments: {
    nodeName: argument({
      help: "Its host name, as show-current lists it",
      metavar: "CLUSTER_NODE_NAME",
      complete: "manager",
    }),
  },
  options: { ...sshOptions, restCertificate },
  examples: [["cfy profiles set-cluster manager2 --rest-certificate manager2.pem", "trust this authority for it"]],
  async run(ctx, { nodeName, sshUser, sshKey, sshPort, restCertificate }) {
    const given = { ssh_user: sshUser, ssh_key: sshKey, ssh_port: sshPort, cert: restCertificate };
    const changes = Object.entries(given).filter(([, value]) => value !== undefined);
    if (changes.length === 0) throw usageError("There is nothing to set: name a setting");
    const profiles = profileStore(cloudifyRoot(ctx.env));
    const profile = await activeManagerProfile(profiles, ctx.env);
    const managers = managersOf(profile);
    if (!managers.some(({ hostname }) => hostname === nodeName)) {
      throw new CfyError(
        "cluster_node_not_found",
        `The cluster of profile ${profile.name} has no manager ${nodeName}`,
        {
          exit: ExitCode.NotFound,
          hint:
            managers.length > 0
              ? `Managers: ${managers.map(({ hostname }) => hostname).join(", ")}`
              : "cfy cluster update-profile reads them",
        },
      );
    }
    const manager = managers.map((node) =>
      node.hostname === nodeName ? { ...node, ...Object.fromEntries(changes) } : node,
    );
    await profiles.save({ ...profile, cluster: { ...profile.cluster, manager } });
    for (const [field, value] of changes) ctx.notice(`${nodeName}: ${field} is set to ${value}`);
    return ExitCode.Ok;
  },
});
