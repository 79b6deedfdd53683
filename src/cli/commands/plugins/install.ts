import type { Plugin } from "../../../api/archives.ts";
import type { Client } from "../../../client/index.ts";
import { command, duration, text } from "../../command.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { waitOptions } from "../../options/wait.ts";
import { counted } from "../../output/counted.ts";
import { pluginId } from "./plugin-id.ts";

const LOOK_EVERY_MS = 1000;

/** `cfy plugins install` */
export const install = command({
  name: "install",
  summary: "Install a plugin before a deployment needs it, and wait until it is",
  arguments: { pluginId },
  options: {
    managers: text({
      flags: ["--manager-hostname"],
      metavar: "HOST",
      complete: "manager",
      multiple: true,
      help: "The manager to install it on; by default all of them",
    }),
    agents: text({
      flags: ["--agent-name"],
      metavar: "AGENT",
      multiple: true,
      help: "The agent to install it on",
      complete: "agent",
    }),
    timeout: duration({ flags: ["--timeout"], default: 300, metavar: "DURATION", help: "How long to wait" }),
    detach: waitOptions.detach,
  },
  examples: [["cfy plugins install 9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11 --timeout 10m", "on all managers"]],
  async run(ctx, { pluginId, managers, agents, timeout, detach }) {
    const client = ctx.client();
    const where = { managers: managers.length + agents.length > 0 ? managers : await allManagers(client), agents };
    await client.plugins.install(pluginId, filled(where), { signal: ctx.signal });
    const places = [...where.managers, ...where.agents];
    ctx.notice(`Installing plugin ${pluginId} on ${places.join(", ")} …`);
    if (detach) {
      ctx.output.line(`The plugin ${pluginId} is being installed on ${places.join(", ")}`);
      ctx.notice(`  cfy plugins get ${pluginId}`);
      return ExitCode.Ok;
    }
    await installed(ctx, client, pluginId, { ...where, timeout });
    ctx.output.line(`The plugin ${pluginId} is installed on ${places.join(", ")}`);
    return ExitCode.Ok;
  },
});

const allManagers = async (client: Client): Promise<string[]> =>
  (await client.manager.managers()).items.map(({ hostname }) => hostname);

/** An empty list would be no way to say: none. */
const filled = (where: Record<"managers" | "agents", string[]>): Partial<typeof where> =>
  Object.fromEntries(Object.entries(where).filter(([, names]) => names.length > 0));

type State = Plugin["installation_state"][number];

/** @throws CfyError it could not be installed somewhere, or not in time */
async function installed(
  ctx: Context,
  client: Client,
  id: string,
  { managers, agents, timeout }: { managers: readonly string[]; agents: readonly string[]; timeout: number },
): Promise<void> {
  const deadline = ctx.clock.now() + timeout * 1000;
  const told = new Set<State["manager"]>();
  for (;;) {
    const { installation_state: states } = await client.plugins.get(id, {}, { signal: ctx.signal });
    const awaited = new Set(managers).size + new Set(agents).size;
    const asked = states.filter(
      ({ manager, agent }) => managers.includes(manager ?? "") || agents.includes(agent ?? ""),
    );
    const ended = asked.filter(({ state }) => state === "installed" || state === "error");
    for (const one of ended) tellOnce(ctx, one, told);
    const failed = ended.filter(({ state }) => state === "error");
    if (ended.length >= awaited) {
      if (failed.length === 0) return;
      throw new CfyError("plugin_installation_error", `It was not installed on ${failed.map(placeOf).join(", ")}`, {
        hint: [
          ...failed.map((one) => `${placeOf(one)}: ${one.error ?? "no reason is given"}`),
          `cfy plugins get ${id}`,
        ],
      });
    }
    if (ctx.clock.now() >= deadline) throw late(id, timeout);
    await ctx.clock.sleep(LOOK_EVERY_MS, ctx.signal);
  }
}

const placeOf = ({ manager, agent }: State): string => manager ?? agent ?? "";

function tellOnce(ctx: Context, one: State, told: Set<string | null>): void {
  if (told.has(placeOf(one))) return;
  told.add(placeOf(one));
  ctx.notice(`${placeOf(one)}: ${one.state}`);
}

const late = (id: string, seconds: number): CfyError =>
  new CfyError("timed_out", `The plugin is not installed everywhere after ${counted(seconds, "second")}; it goes on`, {
    exit: ExitCode.TimedOut,
    hint: `cfy plugins get ${id}`,
  });
