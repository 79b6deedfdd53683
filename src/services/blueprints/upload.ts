import type { Blueprint } from "../../api/resources.ts";
import { isFailedUpload, type Visibility } from "../../api/statuses.ts";
import type { UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { insertExecution } from "../executions/insert.ts";
import { validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import type { LabelPair } from "../labels/parse-labels.ts";
import { found, Refusal } from "../refusal.ts";
import { viewOfBlueprint } from "./view.ts";

export interface BlueprintUpload {
  id: string;
  visibility: Visibility;
  /** The blueprint file in the archive; the workflow looks for `blueprint.yaml` when none is named. */
  mainFileName?: string;
  /** Where the archive is to be fetched from, when it did not come with the request. */
  url?: string;
  labels: readonly LabelPair[];
  /** Parse it and say what is wrong with it, but keep nothing. */
  validateOnly: boolean;
}

/**
 * Takes an archive in: the blueprint exists from now on, and an execution unpacks and parses it.
 * @param keepArchive puts the archive where the execution finds it; called when nothing can be refused any more
 * @throws conflict_error when there is one of that id already, unless its upload failed
 */
export async function uploadBlueprint(
  tx: UnitOfWork,
  who: Identity,
  upload: BlueprintUpload,
  keepArchive: () => Promise<void>,
): Promise<Blueprint> {
  authorize(who, "blueprint_upload");
  const id = validateIdentifier("blueprint_id", upload.id);
  if (upload.visibility === "global") authorize(who, "create_global_resource");
  await makeRoom(tx, who, id);
  const now = tx.now();
  await tx.blueprints.insert({
    id,
    tenant_name: who.tenant,
    visibility: upload.visibility,
    created_by: who.username,
    created_at: now,
    updated_at: now,
    main_file_name: upload.mainFileName ?? null,
    is_hidden: upload.validateOnly,
    state: upload.validateOnly ? "validating" : upload.url ? "pending" : "uploading",
  });
  const execution = await insertExecution(tx, who, {
    workflowId: "upload_blueprint",
    status: "pending",
    parameters: {
      blueprint_id: id,
      app_file_name: upload.mainFileName ?? null,
      url: upload.url ?? null,
      validate_only: upload.validateOnly,
      labels: upload.labels.map((label) => ({ ...label })),
    },
  });
  await tx.blueprints.update(who.tenant, id, { upload_execution_id: execution.id });
  await tx.blueprintLabels.add(
    who.tenant,
    id,
    upload.labels.map((label) => ({ ...label, created_by: who.username, created_at: now })),
  );
  await recordChange(tx, who, "blueprints", id, "create");
  await keepArchive();
  return viewOfBlueprint(tx, found(await tx.blueprints.get(who.tenant, id), "Blueprint", id));
}

/** A failed upload makes way for the next; anything else keeps its id. */
async function makeRoom(tx: UnitOfWork, who: Identity, id: string): Promise<void> {
  const present = await tx.blueprints.get(who.tenant, id, ["id", "tenant_name", "state"]);
  if (!present) return;
  if (present.tenant_name === who.tenant && isFailedUpload(present.state)) {
    await tx.blueprints.remove(who.tenant, id);
    return;
  }
  throw new Refusal(
    "conflict_error",
    `blueprint with id=${id} already exists on tenant ${who.tenant} or with global visibility`,
  );
}
