import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { SNAPSHOTS } from "../../services/archives/kinds.ts";
import { refuseUnsafe } from "../../services/blueprints/archive-entries.ts";
import { extractZip, listZip } from "../../services/blueprints/zip-archive.ts";
import { archivePath } from "../../services/files/layout.ts";
import { Refusal } from "../../services/refusal.ts";
import { COPIED_TABLES, SCHEMA_VERSION, type StoredRow, type UnitOfWork } from "../../storage/index.ts";
import { cancelled, failedBecause, terminated } from "../execution/execution-end.ts";
import type { Workflow } from "../execution/workflow.ts";
import { type RestoredRow, restoredRows } from "./restored-rows.ts";
import {
  FILES,
  KEPT_FOLDERS,
  MANIFEST,
  type Manifest,
  SECRETS_KEY,
  tableMember,
  UnusableSnapshot,
} from "./snapshot-format.ts";

const ROWS_AT_ONCE = 500;

/**
 * Puts a snapshot in the place of everything there is. Either all of it happens or nothing; interrupted, it begins anew.
 */
export const restoreSnapshot: Workflow = async ({ execution, surroundings, begins, control }) => {
  await begins();
  const { database, home, clock } = surroundings;
  const { files, secretsKey } = home.server;
  const id = String(execution.parameters[SNAPSHOTS.parameter]);
  const archive = archivePath(files, SNAPSHOTS.folder, execution.tenant_name, id);
  const unpacked = `${archive}.restored`;
  const replaced = `${archive}.replaced`;
  try {
    // An earlier attempt may have been interrupted at its last step.
    await putBack(files, replaced);
    await unpack(archive, unpacked);
    // Later it is too late: then all of it happens.
    if (control.request !== null) return cancelled;
    const restored = restoredRows({
      now: clock.now(),
      oldKey: join(unpacked, SECRETS_KEY),
      ownKey: secretsKey,
      keptTenant: execution.tenant_name,
    });
    await database.unitOfWork(async (tx) => {
      await tx.copies.clear({ executionId: execution.id, tenant: execution.tenant_name });
      for (const table of COPIED_TABLES) {
        await insertAll(join(unpacked, tableMember(table)), restored(table), (rows) => tx.copies.insert(table, rows));
      }
      await tx.copies.renumber();
      await exchangeFolders(files, unpacked, replaced);
      announce(tx);
    });
    await rm(replaced, { recursive: true, force: true });
  } catch (error) {
    await putBack(files, replaced);
    if (error instanceof Refusal || error instanceof UnusableSnapshot) return failedBecause(error.message);
    throw error;
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
  return terminated;
};

async function unpack(archive: string, directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  try {
    const unlimited = { bytes: Number.POSITIVE_INFINITY, files: Number.POSITIVE_INFINITY };
    refuseUnsafe(await listZip(archive, unlimited));
    await extractZip(archive, directory);
  } catch (error) {
    throw new UnusableSnapshot(`The archive cannot be read: ${(error as Error).message}`);
  }
  const text = await readFile(join(directory, MANIFEST), "utf8").catch(() => undefined);
  if (text === undefined) throw new UnusableSnapshot("The archive is no snapshot of this kind of server");
  const { format, schema } = JSON.parse(text) as Manifest;
  if (format === 1 && schema === SCHEMA_VERSION) return;
  throw new UnusableSnapshot(
    `The snapshot is of schema ${schema}, and this release has ${SCHEMA_VERSION}: restore it with the release that made it, update that one, and make a new snapshot`,
  );
}

async function insertAll(
  path: string,
  restored: RestoredRow,
  insert: (rows: StoredRow[]) => Promise<void>,
): Promise<void> {
  const file = await open(path).catch(() => {
    throw new UnusableSnapshot(`The snapshot lacks ${basename(path)}`);
  });
  let rows: StoredRow[] = [];
  for await (const line of file.readLines()) {
    const row = await restored(JSON.parse(line) as StoredRow);
    if (row) rows.push(row);
    if (rows.length < ROWS_AT_ONCE) continue;
    await insert(rows);
    rows = [];
  }
  await insert(rows);
}

/** Last of all before the rows are stored for good. */
async function exchangeFolders(files: string, unpacked: string, replaced: string): Promise<void> {
  await mkdir(files, { recursive: true, mode: 0o700 });
  await mkdir(replaced, { recursive: true, mode: 0o700 });
  for (const folder of KEPT_FOLDERS) {
    await rename(join(files, folder), join(replaced, folder)).catch(ignoreMissing);
    await rename(join(unpacked, FILES, folder), join(files, folder)).catch(ignoreMissing);
  }
}

/** Undoes an exchange whose rows were not stored. */
async function putBack(files: string, replaced: string): Promise<void> {
  for (const folder of await readdir(replaced).catch(() => [])) {
    await rm(join(files, folder), { recursive: true, force: true });
    await rename(join(replaced, folder), join(files, folder));
  }
  await rm(replaced, { recursive: true, force: true });
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** Whoever waits for something finds other things now. */
const announce = (tx: UnitOfWork): void => tx.publish("queue", "schedules", "audit");
