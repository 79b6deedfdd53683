import type { Site } from "../../api/selection.ts";
import type { Visibility } from "../../api/statuses.ts";
import type { Repositories, SiteRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity, isAdmin } from "../identity/identity.ts";
import { parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { alreadyExists, badParameters, notFound, Refusal } from "../refusal.ts";
import { project, visibilityForms } from "../views.ts";
import { widened } from "../visibility.ts";

const SITE_FIELDS = [
  "created_at",
  "visibility",
  "name",
  "latitude",
  "longitude",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
  "location",
] as const satisfies (keyof Site)[];

export function listSites(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "site_list");
  return listResources(read, who, query, {
    fields: SITE_FIELDS,
    computed: ["private_resource", "location"],
    searchIn: ["name"],
    rows: read.sites.list,
    view: (rows) => rows.map(siteView),
  });
}

export async function getSite(read: Repositories, who: Identity, name: string, query: RawQuery) {
  authorize(who, "site_get");
  const include = parseInclude(query["_include"], SITE_FIELDS);
  return project(siteView(await visibleSite(read, who, name)), include);
}

/** @throws conflict_error when there is one of that name */
export async function createSite(
  tx: UnitOfWork,
  who: Identity,
  name: string,
  { location, visibility }: { location: string | undefined; visibility: Visibility },
): Promise<Site> {
  authorize(who, "site_create");
  validateIdentifier("name", name);
  if (visibility === "global") authorize(who, "create_global_resource");
  const place = parseLocation(location ?? "");
  if (await tx.sites.get(who.tenant, name)) throw alreadyExists("Site", name, who.tenant);
  await tx.sites.insert({
    name,
    ...place,
    visibility,
    tenant_name: who.tenant,
    created_by: who.username,
    created_at: tx.now(),
  });
  await recordChange(tx, who, "sites", name, "create");
  return siteView(await visibleSite(tx, who, name));
}

/** Deployments on it follow it to a new name; an empty location forgets where it is. */
export async function changeSite(
  tx: UnitOfWork,
  who: Identity,
  name: string,
  change: { location: string | undefined; newName: string | undefined; visibility: unknown },
): Promise<Site> {
  authorize(who, "site_update");
  const site = await ownSite(tx, who, name);
  const newName = change.newName ?? name;
  if (newName !== name) {
    validateIdentifier("new_name", newName);
    if (await tx.sites.get(who.tenant, newName)) throw alreadyExists("Site", newName, who.tenant);
  }
  const visibility =
    change.visibility === undefined ? site.visibility : widened("Site", name, site.visibility, change.visibility);
  if (visibility === "global" && site.visibility !== "global") authorize(who, "resource_set_global");
  await tx.sites.update(who.tenant, name, {
    name: newName,
    visibility,
    ...(change.location === undefined ? {} : parseLocation(change.location)),
  });
  if (newName !== name) await tx.deployments.moveSite(who.tenant, name, newName);
  await recordChange(tx, who, "sites", newName, "update");
  return siteView(await visibleSite(tx, who, newName));
}

/** Deployments on it are on no site then. */
export async function deleteSite(tx: UnitOfWork, who: Identity, name: string): Promise<void> {
  authorize(who, "site_delete");
  await ownSite(tx, who, name);
  await tx.deployments.moveSite(who.tenant, name, null);
  await tx.sites.remove(who.tenant, name);
  await recordChange(tx, who, "sites", name, "delete");
}

async function visibleSite(read: Repositories, who: Identity, name: string): Promise<SiteRow> {
  const row = await read.sites.get(who.tenant, name);
  if (!row || (row.visibility === "private" && row.created_by !== who.username && !isAdmin(who))) {
    throw notFound("Site", name);
  }
  return row;
}

async function ownSite(tx: UnitOfWork, who: Identity, name: string): Promise<SiteRow> {
  const site = await visibleSite(tx, who, name);
  if (site.tenant_name === who.tenant) return site;
  throw new Refusal("illegal_action_error", `Site ${name} belongs to the tenant ${site.tenant_name}: change it there`);
}

/** @throws bad_parameters_error */
function parseLocation(text: string): { latitude: number | null; longitude: number | null } {
  if (text === "") return { latitude: null, longitude: null };
  const [latitude, longitude] =
    /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text)?.slice(1).map(Number) ?? [];
  if (latitude === undefined || longitude === undefined) {
    throw badParameters(
      `Invalid location \`${text}\`, the format is expected to be "latitude,longitude" such as "32.071072,34.787274"`,
    );
  }
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    throw badParameters(`Invalid location \`${text}\`: the latitude is from -90 to 90, the longitude from -180 to 180`);
  }
  return { latitude, longitude };
}

const siteView = (row: SiteRow): Site => ({
  created_at: row.created_at,
  visibility: row.visibility,
  name: row.name,
  latitude: row.latitude,
  longitude: row.longitude,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
  location: row.latitude === null || row.longitude === null ? null : `${row.latitude}, ${row.longitude}`,
});
