import { hostname } from "node:os";
import type { PluginRow, Repositories, UnitOfWork } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { badParameters } from "../refusal.ts";
import { visiblePlugin } from "./list.ts";

const INSTALLATION_STATES = [
  "pending-install",
  "installing",
  "installed",
  "error",
  "pending-uninstall",
  "uninstalling",
  "uninstalled",
] as const;
export type InstallationState = (typeof INSTALLATION_STATES)[number];

/** Where a plugin is installed. */
export interface InstallationPlace {
  place: "manager" | "agent";
  name: string;
}

/** This server, as the place of an installation. */
export const thisPlace = (): InstallationPlace => ({ place: "manager", name: hostname() });

/**
 * Asks the workers to install a plugin: here, unless other managers are named. Agents install what they need on their own.
 * @throws not_found_error
 */
export async function requestInstallation(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  { managers, agents }: { managers: readonly string[]; agents: readonly string[] },
): Promise<PluginRow> {
  authorize(who, "plugin_upload");
  const plugin = await visiblePlugin(tx, who, id);
  const places: InstallationPlace[] = [
    ...managers.map((name) => ({ place: "manager" as const, name })),
    ...agents.map((name) => ({ place: "agent" as const, name })),
  ];
  for (const place of places.length > 0 ? places : [thisPlace()]) {
    const present = await installationAt(tx, id, place);
    if (present?.state === "installed" || present?.state === "installing") continue;
    await writeInstallation(tx, id, place, "pending-install");
  }
  tx.publish("queue");
  return plugin;
}

/** What a worker or an agent says of an installation. @throws bad_parameters_error for an unknown state */
export async function reportInstallation(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  report: { place: InstallationPlace; state: unknown; error: string | null },
): Promise<PluginRow> {
  if (who.method !== "execution_token") authorize(who, "plugin_upload");
  const plugin = await visiblePlugin(tx, who, id);
  const state = INSTALLATION_STATES.find((known) => known === report.state);
  if (state === undefined)
    throw badParameters(`Unknown state \`${String(report.state)}\`. Known are: ${INSTALLATION_STATES.join(", ")}`);
  await writeInstallation(tx, id, report.place, state, report.error);
  return plugin;
}

/** Sets the state of an installation, with the reason when it went wrong. */
export const writeInstallation = (
  tx: UnitOfWork,
  pluginId: string,
  { place, name }: InstallationPlace,
  state: InstallationState,
  error: string | null = null,
): Promise<void> => tx.plugins.setInstallation({ plugin_id: pluginId, place, place_name: name, state, error });

async function installationAt(read: Repositories, pluginId: string, { place, name }: InstallationPlace) {
  const all = await read.plugins.installations([pluginId]);
  return all.find((each) => each.place === place && each.place_name === name);
}
