import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../api/resources.ts";
import { finishModification, rollbackModification } from "../../services/deployment-modifications/end.ts";
import { planModification } from "../../services/deployment-modifications/plan.ts";
import { startModification } from "../../services/deployment-modifications/start.ts";
import { found } from "../../services/refusal.ts";
import type { Database, DeploymentModificationRow, DeploymentRow, ExecutionRow } from "../../storage/index.ts";
import type { Modification, ModifiedInstance, ModifiedNode } from "../../workflow/index.ts";
import { instanceView } from "./deployment-view.ts";

/** The modifications of an execution's deployment, as a workflow asks for them. */
export class Modifications {
  readonly #database: Database;
  readonly #execution: ExecutionRow;

  constructor(database: Database, execution: ExecutionRow) {
    this.#database = database;
    this.#execution = execution;
  }

  async started(): Promise<Modification[]> {
    const { tenant_name, deployment_id } = this.#execution;
    const row = await this.#database.read.deploymentModifications.started(tenant_name, deployment_id ?? "");
    return row === undefined ? [] : [asked(row)];
  }

  async start(nodes: Record<string, ModifiedNode>): Promise<Modification> {
    const { id, workflow_id, blueprint_id, created_by } = this.#execution;
    const row = await this.#database.unitOfWork(async (tx) => {
      const deployment = await this.#deployment(tx);
      const context = { blueprint_id, deployment_id: deployment.id, execution_id: id, workflow_id };
      return startModification(tx, deployment, {
        nodes: nodes as unknown as JsonObject,
        context,
        createdBy: created_by,
      });
    });
    return asked(row);
  }

  /** What it would change. The instances that it would add exist nowhere else. */
  async preview(nodes: Record<string, ModifiedNode>): Promise<Modification> {
    const { read } = this.#database;
    const { changes } = await planModification(read, await this.#deployment(read), nodes as unknown as JsonObject);
    return {
      id: randomUUID(),
      status: "preview",
      executionId: this.#execution.id,
      added: changes.added_and_related.map((one) => modifiedInstance(one as unknown as JsonObject)),
      removed: changes.removed_and_related.map((one) => modifiedInstance(one as unknown as JsonObject)),
    };
  }

  async finish(id: string): Promise<void> {
    await this.#database.unitOfWork((tx) => finishModification(tx, this.#execution.tenant_name, id));
  }

  async rollback(id: string): Promise<void> {
    await this.#database.unitOfWork((tx) => rollbackModification(tx, this.#execution.tenant_name, id));
  }

  async #deployment(read: Database["read"]): Promise<DeploymentRow> {
    const { tenant_name, deployment_id } = this.#execution;
    return found(await read.deployments.get(tenant_name, deployment_id ?? ""), "Deployment", deployment_id ?? "");
  }
}

function asked({ id, status, context, node_instances }: DeploymentModificationRow): Modification {
  const side = (name: string) => ((node_instances[name] ?? []) as JsonObject[]).map(modifiedInstance);
  return {
    id,
    status,
    executionId: typeof context["execution_id"] === "string" ? context["execution_id"] : null,
    added: side("added_and_related"),
    removed: side("removed_and_related"),
  };
}

/** An instance that is still to be made has no state of its own yet. */
function modifiedInstance(one: JsonObject): ModifiedInstance {
  const { modification } = one;
  const view = instanceView({
    id: String(one["id"]),
    node_id: String(one["node_id"]),
    host_id: (one["host_id"] ?? null) as string | null,
    index: Number(one["index"] ?? 0),
    state: (one["state"] ?? "uninitialized") as ModifiedInstance["state"],
    runtime_properties: (one["runtime_properties"] ?? {}) as JsonObject,
    system_properties: (one["system_properties"] ?? {}) as JsonObject,
    relationships: (one["relationships"] ?? []) as JsonObject[],
    scaling_groups: (one["scaling_groups"] ?? []) as JsonObject[],
  });
  return { ...view, modification: modification === "added" || modification === "removed" ? modification : null };
}
