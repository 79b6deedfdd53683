import { memoryResolver, type Plan, parseBlueprint, prepareDeployment } from "../../../src/dsl/index.ts";
import { createEnvironment } from "../../../src/services/deployments/create-environment.ts";
import type { Database, DeploymentRow } from "../../../src/storage/index.ts";

const OWNED = { tenant_name: "default_tenant", visibility: "tenant" as const, created_by: "admin" };

/** Uploads a blueprint: its plan is stored under the id. */
export async function aBlueprint(database: Database, id: string, text: string): Promise<void> {
  const main = { location: "blueprint.yaml", text };
  const parsed = await parseBlueprint(main, memoryResolver({ "blueprint.yaml": text }));
  if (!parsed.ok) throw new Error(parsed.errors.map(({ message }) => message).join("\n"));
  await database.unitOfWork((tx) =>
    tx.blueprints.insert({
      ...OWNED,
      created_at: tx.now(),
      id,
      state: "uploaded",
      plan: JSON.parse(JSON.stringify(parsed.plan)),
    }),
  );
}

/** A deployment of an uploaded blueprint, with its nodes and instances; all instances are `started`. */
export async function aPlannedDeployment(
  database: Database,
  { id, blueprint, inputs = {} }: { id: string; blueprint: string; inputs?: Record<string, unknown> },
): Promise<DeploymentRow> {
  return database.unitOfWork(async (tx) => {
    const stored = await tx.blueprints.get("default_tenant", blueprint);
    const plan = await prepareDeployment(stored?.plan as unknown as Plan, { inputs });
    await tx.deployments.insert({
      ...OWNED,
      created_at: tx.now(),
      id,
      display_name: id,
      blueprint_tenant_name: "default_tenant",
      blueprint_id: blueprint,
    });
    await createEnvironment(tx, { tenant_name: "default_tenant", id }, plan);
    const ids = plan.node_instances.map((instance) => instance.id);
    await tx.nodeInstances.setState("default_tenant", ids, "started");
    return (await tx.deployments.get("default_tenant", id)) as DeploymentRow;
  });
}
