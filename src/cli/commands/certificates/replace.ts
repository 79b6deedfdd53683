import { readFile } from "node:fs/promises";
import { command, path } from "../../command.ts";
import { activeManagerProfile } from "../../connection/profile-client.ts";
import { refuseWhenReadOnly } from "../../connection/read-only.ts";
import type { Context } from "../../context.ts";
import { CfyError, usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { fileError } from "../../file-error.ts";
import { readInputs } from "../../inputs/inputs.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { profileStore } from "../../profiles/store.ts";
import { runOn, type SshHost } from "../../ssh.ts";
import { CONFIG_FILE } from "./generate-replace-config.ts";
import { type HostPlan, planOf } from "./plan.ts";
import type { ReplaceConfig } from "./template.ts";

/** Where the manager's tool looks for what is new. */
const REMOTE_FOLDER = "/tmp/new_cloudify_certs";
const TOOL = "cfy_manager certificates replace";

/** `cfy certificates replace`: copies what is new to every host, lets each check it, and only then replaces. */
export const replace = command({
  name: "replace",
  summary: "Replace the certificates of managers, brokers and databases",
  description:
    "Logs in to the hosts with the system's ssh, as the profile's --ssh-user with its --ssh-key, and runs cfy_manager there.",
  options: {
    inputPath: path({
      flags: ["-i", "--input-path"],
      metavar: "FILE",
      help: `The file that was filled in; ${CONFIG_FILE} by default`,
      complete: "file",
    }),
  },
  examples: [["cfy certificates replace -i replace.yaml", "see also: cfy certificates generate-replace-config"]],
  async run(ctx, { inputPath = CONFIG_FILE }) {
    const profile = await activeManagerProfile(profileStore(cloudifyRoot(ctx.env)), ctx.env);
    refuseWhenReadOnly("Replacing certificates", ctx.env, profile);
    const { manager_ip, ssh_user, ssh_key, ssh_port } = profile;
    if (!ssh_user || !ssh_key || !manager_ip) {
      throw usageError("The profile does not say how to log in to the hosts", {
        hint: "cfy profiles set --ssh-user USER --ssh-key FILE",
      });
    }
    const plans = planOf(await configIn(ctx, inputPath), manager_ip);
    const hosts = plans.map(({ address, files }) => ({
      files,
      host: { address, user: ssh_user, keyFile: ssh_key, port: Number(ssh_port) },
    }));
    const reached: SshHost[] = [];
    try {
      for (const { host, files } of hosts) {
        reached.push(host);
        await prepare(ctx, host, files);
      }
      for (const [index, { host }] of hosts.entries()) {
        ctx.notice(`Replacing certificates on ${host.address} …`);
        await runOn(host, TOOL, ctx.signal).catch((error) => {
          throw halfDone(error, hosts.slice(0, index));
        });
      }
    } finally {
      // Private keys lie there, whatever became of them.
      for (const host of reached) await cleanUp(ctx, host);
    }
    ctx.output.line(`The certificates are replaced on ${plans.map(({ address }) => address).join(", ")}`);
    ctx.notice("  cfy cluster status");
    return ExitCode.Ok;
  },
});

async function configIn(ctx: Context, file: string): Promise<ReplaceConfig> {
  await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw fileError(file, cause, "cfy certificates generate-replace-config");
  });
  const config = await readInputs([`@${file}`], ctx.io.stdin);
  for (const section of ["manager", "postgresql_server", "rabbitmq"]) {
    if (typeof config[section] === "object" && config[section] !== null) continue;
    throw new CfyError("invalid_config", `${file} has no section ${section}`, {
      hint: "cfy certificates generate-replace-config",
    });
  }
  return config as unknown as ReplaceConfig;
}

/** Copies what is new to a host and lets it check that; nothing of it is in use yet. */
async function prepare(ctx: Context, host: SshHost, files: HostPlan["files"]): Promise<void> {
  ctx.notice(`Checking certificates on ${host.address} …`);
  await runOn(host, `rm -rf ${REMOTE_FOLDER} && mkdir -m 0700 ${REMOTE_FOLDER}`, ctx.signal);
  for (const [name, file] of files) {
    await runOn(host, `umask 077 && cat > '${REMOTE_FOLDER}/${safe(name)}.pem'`, ctx.signal, file);
  }
  await runOn(host, `${TOOL} --only-validate`, ctx.signal);
}

async function cleanUp(ctx: Context, host: SshHost): Promise<void> {
  // Not the command's own signal: after Ctrl-C there is just as much to remove.
  await runOn(host, `rm -rf ${REMOTE_FOLDER}`, new AbortController().signal).catch((error) =>
    ctx.warn(
      `${REMOTE_FOLDER} on ${host.address} could not be removed, and may hold private keys: ${messageOf(error)}`,
    ),
  );
}

/** Says which hosts have their new certificates already. */
function halfDone(error: unknown, done: readonly { host: SshHost }[]): unknown {
  if (!(error instanceof CfyError) || done.length === 0) return error;
  const { code, message, exit, hint } = error;
  const replaced = `Replaced already: ${done.map(({ host }) => host.address).join(", ")}. The others are as they were.`;
  return new CfyError(code, message, { exit, hint: [replaced, ...hint], cause: error });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The name comes from a file and goes into a shell. */
function safe(name: string): string {
  if (/^[a-z_]+$/.test(name)) return name;
  throw new CfyError("invalid_config", `There is no such certificate: ${name}`);
}
