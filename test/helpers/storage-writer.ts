/**
 * A process that writes: `storage-writer.ts DATABASE NAME COUNT`. Stores one execution after the other, each with an
 * event in the same unit of work, and prints its id once it is acknowledged.
 */
import { LocalChanges, openDatabase } from "../../src/storage/index.ts";

const [path = "", name = "", count = "0"] = process.argv.slice(2);
const database = openDatabase(path, new LocalChanges());
const at = "2026-01-01T00:00:00.000Z";

for (let number = 1; number <= Number(count); number++) {
  const id = `${name}-${number}`;
  await database.unitOfWork(async (tx) => {
    const known = await tx.tenants.get("shared");
    if (!known) await tx.tenants.insert({ name: "shared", created_at: at });
    await tx.executions.insert({
      id,
      tenant_name: "shared",
      visibility: "tenant",
      created_by: "admin",
      created_at: at,
      workflow_id: "install",
      status: "queued",
      parameters: { number },
    });
    await tx.events.append(
      [{ type: "cloudify_event", tenant_name: "shared", execution_id: id, timestamp: at, message: id }],
      tx.now(),
    );
  });
  process.stdout.write(`${id}\n`);
}
await database.close();
