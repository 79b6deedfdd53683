import { rm } from "node:fs/promises";
import { type Clock, timestamp } from "../../lib/clock.ts";
import { incomingDirectory } from "../../services/files/layout.ts";
import type { Database } from "../../storage/index.ts";

/** Puts an end to what an earlier server left half done. Executions are not among it: the worker takes those over. */
export async function recover(database: Database, files: string, clock: Clock): Promise<void> {
  await rm(incomingDirectory(files), { recursive: true, force: true });
  const everywhere = { tenants: "all", privateOf: "everyone" } as const;
  const { items } = await database.read.blueprints.list({
    scope: everywhere,
    filters: { state: ["uploading"], upload_execution_id: [null] },
    fields: ["tenant_name", "id"],
  });
  if (items.length === 0) return;
  await database.unitOfWork(async (tx) => {
    for (const { tenant_name, id } of items) {
      await tx.blueprints.update(tenant_name, id, {
        state: "failed_uploading",
        error: "the server stopped during the upload: upload it again",
        updated_at: timestamp(clock.now()),
      });
    }
  });
}
