import type { JsonObject } from "../../api/resources.ts";
import type { Plan, PlanPlugin } from "../../dsl/index.ts";
import type { BlueprintRow, Repositories } from "../../storage/index.ts";
import { newestPlugin } from "../plugins/list.ts";
import { compareVersions } from "../plugins/versions.ts";
import { badParameters } from "../refusal.ts";

/** Which plugins of a blueprint move, and how far. Nothing named: all to their latest version. */
export interface VersionsWanted {
  /** Only these. */
  pluginNames: readonly string[];
  toLatest: readonly string[];
  toMinor: readonly string[];
  allToLatest: boolean;
  allToMinor: boolean;
  /** Exactly these versions, by package. */
  mapping: JsonObject;
}

/** The version that each package moves to; those that stay are left out. @throws bad_parameters_error */
export async function targetVersions(
  read: Repositories,
  tenant: string,
  { plan }: BlueprintRow,
  wanted: VersionsWanted,
): Promise<Record<string, string>> {
  const targets: Record<string, string> = {};
  for (const [name, version] of currentVersions(plan as unknown as Plan | null)) {
    if (wanted.pluginNames.length > 0 && !wanted.pluginNames.includes(name)) continue;
    const target = await targetOf(read, tenant, name, version, wanted);
    if (target !== undefined && target !== version) targets[name] = target;
  }
  return targets;
}

/** By package, the version that the plan names. */
function currentVersions(plan: Plan | null): Map<string, string> {
  const plugins: PlanPlugin[] = [
    ...(plan?.deployment_plugins_to_install ?? []),
    ...(plan?.workflow_plugins_to_install ?? []),
    ...(plan?.host_agent_plugins_to_install ?? []),
  ];
  return new Map(
    plugins.flatMap(({ package_name: name, package_version: version }) => (name && version ? [[name, version]] : [])),
  );
}

async function targetOf(
  read: Repositories,
  tenant: string,
  name: string,
  version: string,
  wanted: VersionsWanted,
): Promise<string | undefined> {
  const mapped = wanted.mapping[name];
  if (mapped !== undefined) return mappedVersion(read, tenant, name, mapped);
  const range = rangeOf(name, version, wanted);
  const newest = range && (await newestPlugin(read, tenant, { name, versions: range }))?.package_version;
  return newest && compareVersions(newest, version) > 0 ? newest : undefined;
}

/** Comparisons that the new version fulfils; undefined when the plugin stays as it is. */
function rangeOf(name: string, version: string, wanted: VersionsWanted): string[] | undefined {
  const { toLatest, toMinor, allToLatest, allToMinor } = wanted;
  const isMinor = allToMinor || toMinor.includes(name);
  if (isMinor) return [`==${version.split(".", 1)[0]}.*`];
  const isDefault = !allToLatest && toLatest.length === 0 && toMinor.length === 0;
  return allToLatest || toLatest.includes(name) || isDefault ? [] : undefined;
}

async function mappedVersion(read: Repositories, tenant: string, name: string, mapped: unknown): Promise<string> {
  const version = typeof mapped === "object" && mapped !== null && "version" in mapped ? mapped.version : mapped;
  const isThere =
    typeof version === "string" && (await newestPlugin(read, tenant, { name, versions: [`==${version}`] }));
  if (isThere) return version;
  throw badParameters(`There is no plugin ${name} of version ${JSON.stringify(version)}. Upload it first`);
}
