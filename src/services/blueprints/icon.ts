import { copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { create } from "tar";
import type { Blueprint } from "../../api/resources.ts";
import type { Database } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { archiveDirectory, archiveName, blueprintDirectory } from "../files/layout.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { badParameters, Refusal } from "../refusal.ts";
import { fileHead } from "./archive.ts";
import { visibleBlueprint } from "./list.ts";
import { viewOfBlueprint } from "./view.ts";

const ICON = "icon.png";
const PNG = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/**
 * Gives a blueprint a picture, or takes it away: among its files, and in the archive that is downloaded.
 * @param picture the path of a PNG; undefined takes the picture away
 * @throws bad_parameters_error when it is no PNG
 * @throws invalid_blueprint_error, illegal_action_error when there is nothing to give it to
 */
export async function setIcon(
  { read, unitOfWork }: Database,
  who: Identity,
  id: string,
  { files, picture }: { files: string; picture: string | undefined },
): Promise<Blueprint> {
  authorize(who, "blueprint_upload");
  const { tenant_name, state } = await visibleBlueprint(read, who, id);
  if (tenant_name !== who.tenant) {
    throw new Refusal("illegal_action_error", `The blueprint ${id} belongs to the tenant ${tenant_name}`);
  }
  if (state !== "uploaded") {
    throw new Refusal("invalid_blueprint_error", `The blueprint ${id} is ${state}; only an uploaded one gets an icon`);
  }
  if (picture && !(await fileHead(picture, PNG.length)).equals(PNG)) throw badParameters("An icon must be a PNG");
  const directory = blueprintDirectory(files, tenant_name, id);
  // Where the name is that of a link, the link is replaced, not what it leads to.
  await rm(join(directory, ICON), { force: true });
  if (picture) await copyFile(picture, join(directory, ICON));
  await packAgain(directory, archiveDirectory(files, tenant_name, id), archiveName(id, "tar.gz"));
  return unitOfWork(async (tx) => {
    await tx.blueprints.update(tenant_name, id, { updated_at: tx.now() });
    await recordChange(tx, who, "blueprints", id, "update");
    return viewOfBlueprint(tx, await visibleBlueprint(tx, who, id));
  });
}

/** The new archive stands beside the old one before that goes. */
async function packAgain(directory: string, archives: string, name: string): Promise<void> {
  const id = directory.slice(dirname(directory).length + 1);
  const part = `${archives}.part`;
  await mkdir(archives, { recursive: true, mode: 0o700 });
  try {
    await create({ gzip: true, file: part, cwd: dirname(directory), portable: true, mode: 0o600 }, [id]);
    const old = (await readdir(archives)).filter((present) => present !== name);
    await rename(part, join(archives, name));
    for (const each of old) await rm(join(archives, each), { force: true });
  } finally {
    await rm(part, { force: true });
  }
}
