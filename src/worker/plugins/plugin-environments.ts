import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writePrivateFile } from "../../lib/private-file.ts";
import { pluginDirectory } from "../../services/files/layout.ts";
import { thisPlace, writeInstallation } from "../../services/plugins/installation.ts";
import { newestPlugin } from "../../services/plugins/list.ts";
import type { Database, PluginRow } from "../../storage/index.ts";
import type { WorkerHome } from "../home.ts";
import type { WorkerLog } from "../log.ts";
import { bringsFramework, installPlugin } from "./install.ts";

interface Parts {
  database: Database;
  home: WorkerHome;
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

/** An installed plugin: the Python that has it. */
export interface PluginEnvironment {
  python: string;
  /** Which framework runs its code: the environment's own, when the plugin brought it, else ours. */
  framework: "ours" | "cloudify-common";
}

/** Written last into an environment: one without it was interrupted and is made anew. */
const MARK = "installed-by-cfy";

/** The virtual environments of uploaded plugins: each is made when it is asked for, or first used. */
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
    const { home, env } = this.#parts;
    const environment = home.plugin(plugin.id);
    const mark = join(environment, MARK);
    const ready = (framework: string): PluginEnvironment => ({
      python: join(environment, "bin/python"),
      framework: framework === "cloudify-common" ? framework : "ours",
    });
    const marked = await readFile(mark, "utf8").catch(() => null);
    if (marked !== null) {
      await this.#tellInstalled(plugin.id);
      return ready(marked);
    }
    await this.#tell(plugin.id, "installing");
    let framework: PluginEnvironment["framework"];
    try {
      const archive = join(pluginDirectory(home.server.files, plugin.id), plugin.archive_name);
      await installPlugin({ plugin, archive, environment, python: await this.#parts.python(), env });
      framework = (await bringsFramework(environment, env)) ? "cloudify-common" : "ours";
      await writePrivateFile(mark, framework);
    } catch (error) {
      await rm(environment, { recursive: true, force: true });
      const reason = error instanceof Error ? error.message : String(error);
      await this.#tell(plugin.id, "error", reason);
      throw new Error(`The plugin ${plugin.package_name} ${plugin.package_version} cannot be installed: ${reason}`);
    }
    await this.#tell(plugin.id, "installed");
    return ready(framework);
  }

  /** Said again only when somebody asked anew. */
  async #tellInstalled(pluginId: string): Promise<void> {
    const all = await this.#parts.database.read.plugins.installations([pluginId]);
    if (all.some(({ state }) => state !== "installed")) await this.#tell(pluginId, "installed");
  }

  #tell(pluginId: string, state: "installing" | "installed" | "error", reason: string | null = null): Promise<void> {
    return this.#parts.database.unitOfWork(async (tx) => {
      if ((await tx.plugins.withId(pluginId)) === undefined) return;
      const all = await tx.plugins.installations([pluginId]);
      const asked = all.filter(({ place }) => place === "manager").map(({ place_name: name }) => name);
      for (const name of asked.length > 0 ? asked : [thisPlace().name])
        await writeInstallation(tx, pluginId, { place: "manager", name }, state, reason);
    });
  }
}
