import type { Blueprint } from "../../api/resources.ts";
import { isFailedUpload } from "../../api/statuses.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { parseLabels } from "../labels/parse-labels.ts";
import { found, Refusal } from "../refusal.ts";
import { widened } from "../visibility.ts";
import { visibleBlueprint } from "./list.ts";
import { viewOfBlueprint } from "./view.ts";

/** Replaces a blueprint's labels. @throws conflict_error while it is not uploaded */
export async function setBlueprintLabels(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  labels: unknown,
): Promise<Blueprint> {
  authorize(who, "blueprint_upload");
  const blueprint = await visibleBlueprint(tx, who, id);
  if (blueprint.state !== "uploaded") {
    throw new Refusal(
      "conflict_error",
      `Blueprint ${id} is ${blueprint.state}; only an uploaded blueprint gets labels`,
    );
  }
  const created_at = tx.now();
  const wanted = parseLabels(labels).map((label) => ({ ...label, created_by: who.username, created_at }));
  await tx.blueprintLabels.replace(blueprint.tenant_name, id, wanted);
  await tx.blueprints.update(blueprint.tenant_name, id, { updated_at: created_at });
  return changed(tx, who, id);
}

/** @throws illegal_action_error when it would be seen by fewer */
export async function setBlueprintVisibility(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  to: unknown,
): Promise<Blueprint> {
  authorize(who, "resource_set_visibility");
  const blueprint = await visibleBlueprint(tx, who, id);
  const visibility = widened("Blueprint", id, blueprint.visibility, to);
  if (visibility === "global") authorize(who, "resource_set_global");
  await tx.blueprints.update(blueprint.tenant_name, id, { visibility, updated_at: tx.now() });
  return changed(tx, who, id);
}

/**
 * @throws dependent_exists_error when it has deployments, force or not
 * @throws invalid_blueprint_error while it is being uploaded, without force
 */
export async function deleteBlueprint(tx: UnitOfWork, who: Identity, id: string, force: boolean): Promise<void> {
  authorize(who, "blueprint_delete");
  const blueprint = await visibleBlueprint(tx, who, id);
  const ready = blueprint.state === "uploaded" || isFailedUpload(blueprint.state);
  if (!ready && !force) {
    throw new Refusal(
      "invalid_blueprint_error",
      `Blueprint ${id} is still ${blueprint.state}; wait for it, or use force`,
    );
  }
  const deployments = await tx.deployments.ofBlueprint(blueprint.tenant_name, id);
  if (deployments.length > 0) {
    throw new Refusal(
      "dependent_exists_error",
      `Can't delete blueprint ${id} - There exist deployments for this blueprint; Deployments ids: ${deployments.map((deployment) => deployment.id).join(",")}`,
    );
  }
  await tx.blueprints.remove(blueprint.tenant_name, id);
  await recordChange(tx, who, "blueprints", id, "delete");
}

async function changed(tx: UnitOfWork, who: Identity, id: string): Promise<Blueprint> {
  await recordChange(tx, who, "blueprints", id, "update");
  return viewOfBlueprint(tx, found(await tx.blueprints.get(who.tenant, id), "Blueprint", id));
}
