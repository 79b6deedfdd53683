import type { JsonObject } from "../../api/resources.ts";
import { type BlueprintState, isFailedUpload } from "../../api/statuses.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import type { LabelPair } from "../labels/parse-labels.ts";
import { found } from "../refusal.ts";

export interface BlueprintProgress {
  state: BlueprintState;
  error?: string;
  error_traceback?: string;
  plan?: JsonObject;
  requirements?: JsonObject;
  description?: string | null;
  main_file_name?: string;
  /** Labels that the blueprint itself declares; they come beside those it was uploaded with. */
  labels?: readonly LabelPair[];
}

/**
 * How far the upload of a blueprint has come, as the workflow that carries it out reports.
 * A blueprint that was only to be validated is gone when the end is reached: the execution keeps the result.
 * @throws not_found_error
 */
export async function setBlueprintState(
  tx: UnitOfWork,
  tenant: string,
  blueprintId: string,
  { labels = [], ...change }: BlueprintProgress,
): Promise<void> {
  const blueprint = found(await tx.blueprints.get(tenant, blueprintId), "Blueprint", blueprintId);
  if (blueprint.upload_execution_id) tx.publish(`execution:${blueprint.upload_execution_id}`);
  if (blueprint.state === "validating") {
    if (change.state === "uploaded" || isFailedUpload(change.state)) await tx.blueprints.remove(tenant, blueprintId);
    return;
  }
  const now = tx.now();
  await tx.blueprints.update(tenant, blueprintId, { ...change, updated_at: now });
  await tx.blueprintLabels.add(
    tenant,
    blueprintId,
    labels.map((label) => ({ ...label, created_by: blueprint.created_by, created_at: now })),
  );
}
