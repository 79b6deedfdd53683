import { readFile } from "node:fs/promises";
import { command, duration, flag, path, text } from "../../command.ts";
import { endlessTimeout } from "../../options/wait.ts";
import { agentOptions, waitOption } from "./options.ts";
import { runEverywhere } from "./run-everywhere.ts";

/** `cfy agents install` */
export const install = command({
  name: "install",
  summary: "Install new agents on the hosts of deployments",
  options: {
    ...agentOptions,
    stopOldAgent: flag({ flags: ["--stop-old-agent"], help: "Stop the old agent once the new one runs" }),
    managerIp: text({ flags: ["--manager-ip"], metavar: "ADDRESS", help: "The manager that the new agents talk to" }),
    managerCertificate: path({
      flags: ["--manager_certificate"],
      metavar: "FILE",
      help: "The certificate of that manager",
      complete: "file",
    }),
    wait: waitOption,
    timeout: endlessTimeout,
    installTimeout: duration({
      flags: ["--install-agent-timeout"],
      default: 300,
      metavar: "DURATION",
      help: "How long the installation on a host may take",
    }),
  },
  examples: [["cfy agents install --all-tenants --stop-old-agent", "after an upgrade of the server"]],
  async run(ctx, { wait, stopOldAgent, managerIp, managerCertificate, installTimeout, timeout, ...wanted }) {
    const elsewhere = managerIp !== undefined || managerCertificate !== undefined;
    const parameters = {
      // Older deployments do not know the parameter: it is sent only when it is meant.
      ...(stopOldAgent && { stop_old_agent: true }),
      ...(elsewhere && {
        manager_ip: managerIp ?? null,
        manager_certificate: managerCertificate === undefined ? null : await readFile(managerCertificate, "utf8"),
      }),
      install_agent_timeout: installTimeout,
    };
    return await runEverywhere(ctx, wanted, { workflow: "install_new_agents", parameters, wait, timeout });
  },
});
