import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { JsonObject } from "../../../src/api/resources.ts";
import type { Identity } from "../../../src/services/identity/identity.ts";
import { type Database, LocalChanges, openDatabase, type Topic } from "../../../src/storage/index.ts";
import { aDeploymentIn } from "../../helpers/deployment.ts";
import { permissionsOf } from "../../helpers/permissions.ts";

export const ADMIN: Identity = {
  username: "admin",
  tenant: "default_tenant",
  tenants: [],
  role: "sys_admin",
  permissions: permissionsOf("sys_admin"),
  method: "local",
};

class RecordedChanges extends LocalChanges {
  readonly published: string[] = [];

  override publish(topics: Iterable<Topic>): void {
    this.published.push(...topics);
    super.publish(topics);
  }
}

/** A fresh database with one tenant, and the topics that were published in it. */
export async function aDatabase(): Promise<{ database: Database; published: string[] }> {
  const directory = await mkdtemp(join(tmpdir(), "services-"));
  const changes = new RecordedChanges();
  const { published } = changes;
  const database = openDatabase(join(directory, "cfy.db"), changes);
  onTestFinished(async () => {
    await database.close();
    await rm(directory, { recursive: true, force: true });
  });
  await database.unitOfWork(async (tx) => {
    const now = tx.now();
    if (!(await tx.tenants.get("default_tenant"))) await tx.tenants.insert({ name: "default_tenant", created_at: now });
    await tx.tenants.insert({ name: "other", created_at: now });
  });
  return { database, published };
}

const INSTALL = {
  plugin: "default_workflows",
  operation: "cloudify.plugins.workflows.install",
  parameters: {},
  is_cascading: false,
};

/** A blueprint, and a deployment of it with one node and one instance, its environment created. */
export const aDeployment = (database: Database, id = "d1", workflows: JsonObject = { install: INSTALL }) =>
  aDeploymentIn(database, id, { workflows });
