import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Repositories } from "../../storage/index.ts";
import { visibleBlueprint } from "../blueprints/list.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { authorize, type Identity, isAdmin } from "../identity/identity.ts";
import { notFound, Refusal } from "../refusal.ts";
import { findResource, ResourceNotFound } from "./find-resource.ts";

/** Folders of a tenant, whose next part is the id of what the files belong to. */
type Find = (read: Repositories, who: Identity, id: string) => Promise<unknown>;
const OF_RESOURCE: ReadonlyMap<string, Find> = new Map<string, Find>([
  ["blueprints", visibleBlueprint],
  ["uploaded-blueprints", visibleBlueprint],
  ["deployments", visibleDeployment],
]);
const OF_TENANT = "tenant-resources";
const OF_ALL = "global-resources";

/**
 * The path of a file that `/resources` shows, if the caller may see what it belongs to.
 * @throws not_found_error, forbidden_error for another tenant's
 */
export async function servedFile(read: Repositories, who: Identity, files: string, path: string): Promise<string> {
  const parts = partsOf(path);
  await authorizePath(read, who, parts);
  return findOwn(files, parts).catch((error: Error) => {
    throw error instanceof ResourceNotFound ? notFound("File", path) : error;
  });
}

/** Looked for in the folder of what it belongs to: no link in there shows what belongs to others. */
function findOwn(files: string, parts: readonly string[], how?: { folders: boolean }): Promise<string> {
  const [kind = ""] = parts;
  const depth = kind === OF_ALL ? 1 : kind === OF_TENANT ? 2 : 3;
  return findResource(parts.slice(depth).join("/"), [join(files, ...parts.slice(0, depth))], how);
}

/** The files below a folder with the times of their last change, as far as the caller may see them. */
export async function servedFolder(
  read: Repositories,
  who: Identity,
  files: string,
  path: string,
): Promise<Record<string, string>> {
  const parts = partsOf(path);
  await authorizePath(read, who, parts);
  const root = await findOwn(files, parts, { folders: true }).catch(() => undefined);
  const names = root && (await readdir(root, { recursive: true }).catch(() => undefined));
  if (!names) throw notFound("Folder", path);
  const found: Record<string, string> = {};
  for (const name of names.toSorted()) {
    const about = await stat(join(root, name)).catch(() => undefined);
    if (about?.isFile() && (await isShown(read, who, [...parts, ...name.split("/")]))) {
      found[name] = about.mtime.toISOString().replace("Z", "000+00:00");
    }
  }
  return found;
}

/** A way that leads up, or to a hidden file, is none. */
function partsOf(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.some((part) => part.startsWith(".") || part.includes("\0"))) throw notFound("File", path);
  return parts;
}

async function authorizePath(read: Repositories, who: Identity, parts: readonly string[]): Promise<void> {
  // Without a tenant there are no roles of one: being a member of the path's tenant is what counts then.
  if (who.tenant !== "") authorize(who, "file_server_auth");
  const [kind = "", tenant, id] = parts;
  if (kind === OF_ALL) return;
  const visible = OF_RESOURCE.get(kind);
  if ((!visible && kind !== OF_TENANT) || !tenant) throw notFound("File", parts.join("/"));
  const owner = { ...who, tenant };
  const isOwn = tenant === who.tenant || isAdmin(who) || who.tenants.includes(tenant);
  if (visible && id !== undefined) {
    await visible(read, isOwn ? owner : who, id);
    return;
  }
  if (!isOwn) {
    throw new Refusal("forbidden_error", `User \`${who.username}\` has no role in the tenant \`${tenant}\``);
  }
}

const isShown = (read: Repositories, who: Identity, parts: string[]): Promise<boolean> =>
  authorizePath(read, who, parts).then(
    () => !parts.some((part) => part.startsWith(".")),
    () => false,
  );
