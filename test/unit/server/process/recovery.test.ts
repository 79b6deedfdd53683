import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { systemClock } from "../../../../src/lib/clock.ts";
import { recover } from "../../../../src/server/process/recovery.ts";
import { incomingDirectory } from "../../../../src/services/files/layout.ts";
import { aDatabase } from "../../../helpers/database.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";

const OWNED = {
  tenant_name: "default_tenant",
  visibility: "tenant",
  created_by: "admin",
  created_at: "2026-01-01T00:00:00.000Z",
} as const;

it("an upload that the last server did not see the end of has failed, and its file is gone", async () => {
  const database = await aDatabase();
  const files = temporaryDirectory();
  mkdirSync(incomingDirectory(files));
  writeFileSync(join(incomingDirectory(files), "half"), "x");
  await database.unitOfWork(async (tx) => {
    await tx.blueprints.insert({ ...OWNED, id: "broken", state: "uploading" });
    await tx.blueprints.insert({ ...OWNED, id: "running", state: "uploading", upload_execution_id: "E1" });
    await tx.blueprints.insert({ ...OWNED, id: "done", state: "uploaded" });
  });
  await recover(database, files, systemClock);
  const state = async (id: string) => (await database.read.blueprints.get("default_tenant", id))?.state;
  expect([await state("broken"), await state("running"), await state("done")]).toEqual([
    "failed_uploading",
    "uploading",
    "uploaded",
  ]);
  expect(existsSync(incomingDirectory(files))).toBe(false);
});
