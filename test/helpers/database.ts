import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Database, LocalChanges, type NewExecution, openDatabase } from "../../src/storage/index.ts";

export const NOW = "2026-01-02T03:04:05.678Z";

/** A path for a database that is gone when the test ends. */
export function databasePath(): string {
  const directory = mkdtempSync(join(tmpdir(), "cfy-storage-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, "cfy.db");
}

/** A real database on a file, with the default tenant. */
export async function aDatabase(): Promise<Database> {
  const database = openDatabase(databasePath(), new LocalChanges());
  onTestFinished(() => database.close());
  await database.unitOfWork((tx) => tx.tenants.insert({ name: "default_tenant", created_at: NOW }));
  return database;
}

const OWNED = { tenant_name: "default_tenant", visibility: "tenant", created_by: "admin", created_at: NOW } as const;

/** A blueprint and a deployment of it, both with this id. */
export async function addDeployment(database: Database, id: string): Promise<void> {
  await database.unitOfWork(async (tx) => {
    await tx.blueprints.insert({ ...OWNED, id, state: "uploaded", plan: { nodes: [] } });
    await tx.deployments.insert({
      ...OWNED,
      id,
      display_name: `the ${id}`,
      blueprint_tenant_name: "default_tenant",
      blueprint_id: id,
    });
  });
}

export async function addExecution(database: Database, execution: Partial<NewExecution> & { id: string }) {
  await database.unitOfWork((tx) =>
    tx.executions.insert({ ...OWNED, workflow_id: "install", status: "pending", parameters: {}, ...execution }),
  );
}
