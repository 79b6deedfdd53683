import type { Plan, PlanPlugin } from "../../dsl/index.ts";
import type { BlueprintRow, Repositories } from "../../storage/index.ts";
import { Refusal } from "../refusal.ts";
import { newestPlugin } from "./list.ts";

/**
 * Every plugin that a blueprint's operations and workflows come from must have been uploaded, unless the blueprint
 * brings its source.
 * @throws deployment_plugin_not_found naming the first that is missing
 */
export async function requirePlugins(read: Repositories, tenant: string, { plan }: BlueprintRow): Promise<void> {
  const { deployment_plugins_to_install: own = [], workflow_plugins_to_install: others = [] } = (plan ??
    {}) as unknown as Partial<Plan>;
  const wanted = new Map<string, PlanPlugin>();
  for (const plugin of [...own, ...others])
    if (plugin.install && !plugin.source && plugin.package_name) wanted.set(plugin.name, plugin);
  for (const { package_name, package_version } of wanted.values()) {
    const versions = package_version ? [`==${package_version}`] : [];
    if (await newestPlugin(read, tenant, { name: String(package_name), versions })) continue;
    throw new Refusal(
      "deployment_plugin_not_found",
      `Required plugin ${package_name}, version ${package_version ?? "any"} is not installed on the manager; upload it with: cfy plugins upload`,
    );
  }
}
