import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { JsonObject } from "../../../src/api/resources.ts";
import type { Identity } from "../../../src/services/identity/identity.ts";
import { permissionsOf } from "../../../src/services/identity/permissions.ts";
import { type Database, LocalChanges, openDatabase, type Topic } from "../../../src/storage/index.ts";

export const ADMIN: Identity = {
  username: "admin",
  tenant: "default_tenant",
  tenants: [],
  role: "sys_admin",
  permissions: permissionsOf(["sys_admin"]),
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
export async function aDeployment(
  database: Database,
  id = "d1",
  workflows: JsonObject = { install: INSTALL },
): Promise<void> {
  await database.unitOfWork(async (tx) => {
    const owned = { tenant_name: "default_tenant", visibility: "tenant" as const, created_by: "admin" };
    const created_at = tx.now();
    if (!(await tx.blueprints.get("default_tenant", "bp"))) {
      await tx.blueprints.insert({ ...owned, created_at, id: "bp", state: "uploaded" });
    }
    await tx.deployments.insert({
      ...owned,
      created_at,
      id,
      display_name: id,
      blueprint_tenant_name: "default_tenant",
      blueprint_id: "bp",
      workflows,
    });
    await tx.nodes.insertMany([
      {
        ...owned,
        deployment_id: id,
        id: "vm",
        type: "cloudify.nodes.Root",
        type_hierarchy: ["cloudify.nodes.Root"],
        properties: {},
        operations: { "cloudify.interfaces.lifecycle.start": {} },
        plugins: [],
        plugins_to_install: [],
        relationships: [],
        number_of_instances: 1,
        planned_number_of_instances: 1,
        deploy_number_of_instances: 1,
        min_number_of_instances: 0,
        max_number_of_instances: -1,
      },
    ]);
    await tx.nodeInstances.insertMany([
      {
        ...owned,
        deployment_id: id,
        node_id: "vm",
        id: `vm_${id}`,
        index: 1,
        relationships: [],
        runtime_properties: {},
        system_properties: {},
        scaling_groups: [],
        state: "uninitialized",
        version: 1,
        is_status_check_ok: false,
      },
    ]);
  });
}
