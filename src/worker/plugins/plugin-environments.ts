import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../lib/clock.ts";
import { pluginDirectory } from "../../services/files/layout.ts";
import { type InstallationState, thisPlace, writeInstallation } from "../../services/plugins/installation.ts";
import { newestPlugin } from "../../services/plugins/list.ts";
import type { Database, PluginRow } from "../../storage/index.ts";
import type { WorkerHome } from "../home.ts";
import type { WorkerLog } from "../log.ts";
import { currentEnvironment, newEnvironment, type PluginEnvironment, writeCurrent } from "./current-environment.ts";
import { bringsFramework, installPlugin } from "./install.ts";

interface Parts {
  /** Stores nothing any more once the worker was given up. */
  database: Database;
  workerId: string;
  home: WorkerHome;
  clock: Clock;
  /** @throws PythonMissing */
  python(): Promise<string>;
  env: NodeJS.ProcessEnv;
  log: WorkerLog;
}

/** The package that a blueprint's plugin declares. */
export interface DeclaredPackage {
  packageName: string | null;
  packageVersion: string | null;
}

/** Looked again without being told: another worker's word can be lost. */
const LOOK_AGAIN_MILLISECONDS = 1000;

/**
 * The virtual environments of uploaded plugins: each is made when it is asked for, or first used. One worker makes it;
 * others wait for that one, and take its place when it dies.
 */
export class PluginEnvironments {
  readonly #parts: Parts;
  readonly #under = new Map<string, Promise<PluginEnvironment>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The environment of the uploaded plugin that fits; null when none is uploaded. @throws Error its installation fails */
  async of(tenant: string, { packageName, packageVersion }: DeclaredPackage): Promise<PluginEnvironment | null> {
    if (packageName === null) return null;
    const versions = packageVersion === null ? [] : [`==${packageVersion}`];
    const plugin = await newestPlugin(this.#parts.database.read, tenant, { name: packageName, versions });
    return plugin === undefined ? null : this.#installed(plugin);
  }

  /** Installs what was asked for, one after another; what goes wrong is told with the plugin. */
  async installPending(): Promise<void> {
    const { database, log } = this.#parts;
    for (const { plugin_id: id } of await database.read.plugins.pendingInstallations()) {
      const plugin = await database.read.plugins.withId(id);
      if (plugin === undefined) continue;
      await this.#installed(plugin).catch((error) => log.error(`plugin ${id} was not installed`, error));
    }
  }

  #installed(plugin: PluginRow): Promise<PluginEnvironment> {
    const under = this.#under.get(plugin.id);
    if (under !== undefined) return under;
    const environment = this.#ensure(plugin).finally(() => this.#under.delete(plugin.id));
    this.#under.set(plugin.id, environment);
    return environment;
  }

  async #ensure(plugin: PluginRow): Promise<PluginEnvironment> {
    const { database, workerId, home } = this.#parts;
    for (;;) {
      const current = await currentEnvironment(home.plugin(plugin.id));
      if (current !== null) {
        await this.#tellInstalled(plugin.id);
        return current;
      }
      const elsewhere = this.#change();
      const mine = await database.unitOfWork((tx) => tx.leases.claimPlugin(plugin.id, workerId));
      if (mine) break;
      await elsewhere;
    }
    try {
      return await this.#install(plugin);
    } finally {
      await database
        .unitOfWork(async (tx) => {
          await tx.leases.releasePlugin(plugin.id, workerId);
          tx.publish("queue");
        })
        .catch(() => undefined);
    }
  }

  /** Resolves when another worker may have got further with what it does. */
  async #change(): Promise<void> {
    const { database, clock } = this.#parts;
    const over = new AbortController();
    const told = database.changes.wait(["queue"], over.signal);
    await Promise.race([told, clock.sleep(LOOK_AGAIN_MILLISECONDS, over.signal)]);
    told.catch(() => undefined);
    over.abort();
  }

  async #install(plugin: PluginRow): Promise<PluginEnvironment> {
    const { home, env } = this.#parts;
    const directory = home.plugin(plugin.id);
    await this.#tell(plugin.id, "installing");
    const attempt = await newEnvironment(directory);
    const environment = join(directory, attempt);
    try {
      const archive = join(pluginDirectory(home.server.files, plugin.id), plugin.archive_name);
      await installPlugin({ plugin, archive, environment, python: await this.#parts.python(), env });
      const framework = (await bringsFramework(environment, env)) ? "cloudify-common" : "ours";
      // Told first: a worker that was given up meanwhile is refused here, and leaves the plugin to the other.
      await this.#tell(plugin.id, "installed");
      await writeCurrent(directory, { directory: attempt, framework });
      return { python: join(environment, "bin/python"), framework };
    } catch (error) {
      await rm(environment, { recursive: true, force: true });
      const reason = error instanceof Error ? error.message : String(error);
      await this.#tell(plugin.id, "error", reason);
      throw new Error(`The plugin ${plugin.package_name} ${plugin.package_version} cannot be installed: ${reason}`);
    }
  }

  /** Said again only when somebody asked anew. */
  async #tellInstalled(pluginId: string): Promise<void> {
    const all = await this.#parts.database.read.plugins.installations([pluginId]);
    if (all.some(({ place, state }) => place === "manager" && state !== "installed"))
      await this.#tell(pluginId, "installed");
  }

  /** @throws Error when the plugin was deleted meanwhile */
  #tell(pluginId: string, state: InstallationState, reason: string | null = null): Promise<void> {
    return this.#parts.database.unitOfWork(async (tx) => {
      if ((await tx.plugins.withId(pluginId)) === undefined) throw new Error(`The plugin ${pluginId} was deleted`);
      const all = await tx.plugins.installations([pluginId]);
      const asked = all.filter(({ place }) => place === "manager").map(({ place_name: name }) => name);
      for (const name of asked.length > 0 ? asked : [thisPlace().name])
        await writeInstallation(tx, pluginId, { place: "manager", name }, state, reason);
    });
  }
}
