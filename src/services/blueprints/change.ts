import type { Blueprint, Json } from "../../api/resources.ts";
import { BLUEPRINT_STATES, isFailedUpload, type Visibility } from "../../api/statuses.ts";
import type { BlueprintRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { parseLabels } from "../labels/parse-labels.ts";
import { badParameters, found, Refusal } from "../refusal.ts";
import { newOwner } from "../users/new-owner.ts";
import { widened } from "../visibility.ts";
import { visibleBlueprint } from "./list.ts";
import { type BlueprintProgress, setBlueprintState } from "./set-state.ts";
import { viewOfBlueprint } from "./view.ts";

/** What the workflow of an upload reports about it. */
const REPORTED = [
  "plan",
  "requirements",
  "description",
  "main_file_name",
  "state",
  "error",
  "error_traceback",
] as const;
/** Kept by the server itself; clients that restore blueprints send them all the same. */
const IGNORED = ["created_at", "upload_execution"];

/**
 * Labels are replaced as a whole.
 * @throws conflict_error for labels while it is not uploaded; illegal_action_error when there is nothing to change
 */
export async function changeBlueprint(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  change: Record<string, Json | undefined>,
): Promise<Blueprint> {
  authorize(who, "blueprint_upload");
  const blueprint = await ownBlueprint(tx, who, id);
  const { labels, creator, visibility, ...others } = change;
  const reported = Object.entries(others).filter(([key]) => !IGNORED.includes(key));
  const unknown = reported.map(([key]) => key).filter((key) => !(REPORTED as readonly string[]).includes(key));
  if (unknown.length > 0) throw badParameters(`Blueprints have no ${unknown.join(", ")} to change`);
  if (Object.keys(change).length === 0) throw new Refusal("illegal_action_error", "Nothing to change in the blueprint");
  const wider = visibility === undefined ? {} : { visibility: widerVisibility(who, blueprint, visibility) };
  const owner = creator === undefined ? {} : { created_by: await newOwner(tx, who, creator) };
  if (labels !== undefined) await setLabels(tx, who, blueprint, labels);
  if (reported.length > 0) await report(tx, blueprint, Object.fromEntries(reported));
  await tx.blueprints.update(blueprint.tenant_name, id, { ...wider, ...owner, updated_at: tx.now() });
  return changed(tx, who, id);
}

async function setLabels(tx: UnitOfWork, who: Identity, { id, state, tenant_name }: BlueprintRow, labels: Json) {
  if (state !== "uploaded") {
    throw new Refusal("conflict_error", `Blueprint ${id} is ${state}; only an uploaded blueprint gets labels`);
  }
  const created_at = tx.now();
  const wanted = parseLabels(labels).map((label) => ({ ...label, created_by: who.username, created_at }));
  await tx.blueprintLabels.replace(tenant_name, id, wanted);
}

async function report(
  tx: UnitOfWork,
  { tenant_name, id, state }: BlueprintRow,
  change: Record<string, Json | undefined>,
) {
  const next = change["state"] ?? state;
  if (!(BLUEPRINT_STATES as readonly Json[]).includes(next)) throw badParameters(`Invalid blueprint state: ${next}`);
  await setBlueprintState(tx, tenant_name, id, { ...change, state: next } as unknown as BlueprintProgress);
}

/** @throws conflict_error when it is past its upload: deployments may stand on the archive that it has */
export async function replaceArchive(
  tx: UnitOfWork,
  who: Identity,
  id: string,
  keepArchive: (blueprint: BlueprintRow) => Promise<void>,
): Promise<Blueprint> {
  authorize(who, "blueprint_upload");
  const blueprint = await ownBlueprint(tx, who, id);
  if (blueprint.state !== "pending" && blueprint.state !== "uploading")
    throw new Refusal(
      "conflict_error",
      `Blueprint ${id} is ${blueprint.state}; it takes an archive while it is uploading`,
    );
  await keepArchive(blueprint);
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
  const blueprint = await ownBlueprint(tx, who, id);
  const visibility = widerVisibility(who, blueprint, to);
  await tx.blueprints.update(blueprint.tenant_name, id, { visibility, updated_at: tx.now() });
  return changed(tx, who, id);
}

/**
 * @throws dependent_exists_error when it has deployments, force or not
 * @throws invalid_blueprint_error while it is being uploaded, without force
 * @throws blueprint_in_use when other blueprints import it, without force
 */
export async function deleteBlueprint(tx: UnitOfWork, who: Identity, id: string, force: boolean): Promise<void> {
  authorize(who, "blueprint_delete");
  const blueprint = await ownBlueprint(tx, who, id);
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
  const importers = force ? [] : await tx.blueprints.importing(blueprint.tenant_name, id);
  if (importers.length > 0) {
    throw new Refusal(
      "blueprint_in_use",
      `Blueprint ${id} is currently in use. You can "force" blueprint removal. Blueprints that import it: ${importers.join(", ")}`,
    );
  }
  await tx.blueprints.remove(blueprint.tenant_name, id);
  await recordChange(tx, who, "blueprints", id, "delete");
}

/** What another tenant shares can be used here, and changed only there. */
async function ownBlueprint(tx: UnitOfWork, who: Identity, id: string): Promise<BlueprintRow> {
  const blueprint = await visibleBlueprint(tx, who, id);
  if (blueprint.tenant_name === who.tenant) return blueprint;
  throw new Refusal(
    "illegal_action_error",
    `Blueprint ${id} belongs to the tenant ${blueprint.tenant_name}: change it there`,
  );
}

function widerVisibility(who: Identity, { id, visibility: from }: BlueprintRow, to: unknown): Visibility {
  const visibility = widened("Blueprint", id, from, to);
  if (visibility === "global") authorize(who, "resource_set_global");
  return visibility;
}

async function changed(tx: UnitOfWork, who: Identity, id: string): Promise<Blueprint> {
  await recordChange(tx, who, "blueprints", id, "update");
  return viewOfBlueprint(tx, found(await tx.blueprints.get(who.tenant, id), "Blueprint", id));
}
