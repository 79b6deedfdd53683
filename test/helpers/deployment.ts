import type { JsonObject } from "../../src/api/resources.ts";
import type { Database } from "../../src/storage/index.ts";

const OWNED = { tenant_name: "default_tenant", visibility: "tenant", created_by: "admin" } as const;
const INSTALL = { plugin: "default_workflows", operation: "install", parameters: {}, is_cascading: false };

export interface DeploymentParts {
  node?: string;
  instance?: { id: string; version: number; runtime_properties: JsonObject };
  workflows?: JsonObject;
}

/** A deployment of the blueprint `bp` with one node and one instance, ready for workflows. */
export async function aDeploymentIn(
  database: Database,
  id: string,
  { node = "vm", instance, workflows = { install: INSTALL } }: DeploymentParts = {},
): Promise<void> {
  await database.unitOfWork(async (tx) => {
    const created_at = tx.now();
    if (!(await tx.blueprints.get("default_tenant", "bp"))) {
      await tx.blueprints.insert({ ...OWNED, created_at, id: "bp", state: "uploaded" });
    }
    await tx.deployments.insert({
      ...OWNED,
      created_at,
      id,
      display_name: id,
      blueprint_tenant_name: "default_tenant",
      blueprint_id: "bp",
      workflows,
      capabilities: { url: { value: "http://x" } },
      inputs: { size: 3 },
    });
    await tx.nodes.insertMany([
      {
        ...OWNED,
        deployment_id: id,
        id: node,
        type: "cloudify.nodes.Root",
        type_hierarchy: ["cloudify.nodes.Root"],
        properties: { size: { get_input: "size" } },
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
        ...OWNED,
        deployment_id: id,
        node_id: node,
        id: `${node}_${id}`,
        index: 1,
        relationships: [],
        runtime_properties: {},
        system_properties: {},
        scaling_groups: [],
        state: "uninitialized",
        version: 1,
        ...instance,
      },
    ]);
  });
}
