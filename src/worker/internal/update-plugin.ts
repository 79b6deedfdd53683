import { readFile } from "node:fs/promises";
import { DslError, folderResolver, type Plan, parseBlueprint, type Resolver } from "../../dsl/index.ts";
import { findResource } from "../../services/files/find-resource.ts";
import { applyPluginsUpdate } from "../../services/plugins-updates/apply.ts";
import { failedBecause, terminated } from "../execution/execution-end.ts";
import type { Surroundings } from "../execution/surroundings.ts";
import type { Workflow } from "../execution/workflow.ts";
import { catalogueResolver } from "./catalogue-resolver.ts";

/** Reads a blueprint anew with other versions of its plugins, and brings its deployments to them, all in one step. */
export const updatePlugin: Workflow = async ({ execution, surroundings, begins }) => {
  await begins();
  const { database } = surroundings;
  const tenant = execution.tenant_name;
  const updateId = String(execution.parameters["update_id"]);
  const update = await database.read.pluginUpdates.get(tenant, updateId);
  if (!update?.blueprint_id) return failedBecause(`The plugins update ${updateId} is not there any more`);
  const versions = execution.parameters["plugin_versions"] as Record<string, string>;
  const parsed = await parseAgain(surroundings, tenant, update.blueprint_id, versions);
  if (!parsed.ok) return failedBecause(parsed.message);
  try {
    await database.unitOfWork((tx) => applyPluginsUpdate(tx, update, parsed.plan));
  } catch (error) {
    if (error instanceof DslError) return failedBecause(error.message);
    throw error;
  }
  return terminated;
};

async function parseAgain(
  { database: { read }, home }: Surroundings,
  tenant: string,
  blueprintId: string,
  versions: Readonly<Record<string, string>>,
): Promise<{ ok: true; plan: Plan } | { ok: false; message: string }> {
  const blueprint = await read.blueprints.get(tenant, blueprintId, ["main_file_name"]);
  if (!blueprint?.main_file_name) return { ok: false, message: `The blueprint ${blueprintId} is not there any more` };
  const directory = home.blueprint(tenant, blueprintId);
  const text = await readFile(await findResource(blueprint.main_file_name, [directory]), "utf8");
  const found = catalogueResolver(folderResolver(directory), { read, home, tenant });
  const parsed = await parseBlueprint({ location: blueprint.main_file_name, text }, pinned(found, versions));
  if (parsed.ok) return { ok: true, plan: parsed.plan };
  return { ok: false, message: parsed.errors.map(({ message }) => message).join("\n") };
}

/** These versions, whatever the imports say. */
const pinned = (resolver: Resolver, versions: Readonly<Record<string, string>>): Resolver => ({
  ...resolver,
  plugin: (query) => {
    const version = versions[query.name];
    return resolver.plugin?.(version === undefined ? query : { ...query, versions: [`==${version}`] }) ?? null;
  },
});
