import { ARCHIVE_STATUSES, type Snapshot } from "../../api/archives.ts";
import type { Execution, JsonObject } from "../../api/resources.ts";
import type { ArchiveRow, ExecutionRow, Repositories, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { startSystemWorkflow } from "../executions/start-system-workflow.ts";
import { validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { alreadyExists, badParameters, found, Refusal } from "../refusal.ts";
import { project, visibilityForms } from "../views.ts";
import { type ArchiveKind, isComplete, LOG_BUNDLES, SNAPSHOTS } from "./kinds.ts";

/** In the order of the wire. */
const FIELDS = [
  "created_at",
  "id",
  "visibility",
  "status",
  "error",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
] as const satisfies (keyof Snapshot)[];

const view = (row: ArchiveRow): Snapshot => ({
  created_at: row.created_at,
  id: row.id,
  visibility: row.visibility,
  status: row.status,
  error: row.error,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
});

export function listArchives(read: Repositories, who: Identity, kind: ArchiveKind, query: RawQuery) {
  authorize(who, `${kind.permission}_list`);
  return listResources(read, who, query, {
    fields: FIELDS,
    computed: ["private_resource"],
    rows: kind.rows(read).list,
    view: (rows) => rows.map(view),
  });
}

/** @throws not_found_error */
export async function getArchive(
  read: Repositories,
  who: Identity,
  kind: ArchiveKind,
  id: string,
  query: RawQuery,
): Promise<Partial<Snapshot>> {
  authorize(who, `${kind.permission}_get`);
  return project(view(await archive(read, who, kind, id)), parseInclude(query["_include"], FIELDS));
}

/**
 * Starts the workflow that makes one.
 * @throws conflict_error when there is one of that id
 * @throws existing_running_execution_error when it would have to wait, and the caller does not want to
 */
export async function createArchive(
  tx: UnitOfWork,
  who: Identity,
  kind: ArchiveKind,
  id: string,
  { parameters, queue }: { parameters: JsonObject; queue: boolean },
): Promise<Execution> {
  authorize(who, `${kind.permission}_create`);
  await addRow(tx, who, kind, id, "creating");
  return startSystemWorkflow(tx, who, kind.workflow, { [kind.parameter]: id, ...parameters }, { queue });
}

/** Notes a snapshot that somebody brought. @throws conflict_error when there is one of that id */
export async function addUploadedSnapshot(tx: UnitOfWork, who: Identity, id: string): Promise<Snapshot> {
  authorize(who, "snapshot_upload");
  await addRow(tx, who, SNAPSHOTS, id, "uploaded");
  return view(await archive(tx, who, SNAPSHOTS, id));
}

/** What a workflow of the caller's own says of the archive that it makes. @throws bad_parameters_error, not_found_error */
export async function reportArchive(
  tx: UnitOfWork,
  who: Identity,
  kind: ArchiveKind,
  id: string,
  report: { status: string; error?: string | undefined },
): Promise<void> {
  authorize(who, `${kind.permission}_status_update`);
  const row = await archive(tx, who, kind, id);
  const status = ARCHIVE_STATUSES.find((known) => known === report.status);
  if (!status) throw badParameters(`Unknown status ${report.status}. Known are: ${ARCHIVE_STATUSES.join(", ")}`);
  await kind.rows(tx).update(row.tenant_name, id, { status, error: report.error ?? "" });
  await recordChange(tx, who, kind.folder, id, "update");
}

/** Only the row: the file goes when this is stored. @throws snapshot_action_error, log_bundle_action_error while it is in use */
export async function deleteArchive(tx: UnitOfWork, who: Identity, kind: ArchiveKind, id: string): Promise<Snapshot> {
  authorize(who, `${kind.permission}_delete`);
  const row = await archive(tx, who, kind, id);
  const user = (await tx.executions.allActive()).find(
    ({ workflow_id, parameters }) =>
      [kind.workflow, "restore_snapshot"].includes(workflow_id) && parameters[kind.parameter] === id,
  );
  if (user) {
    throw new Refusal(
      kind.errorCode,
      `${kind.model} ${id} is in use by the execution ${user.id} (${user.workflow_id}): wait for its end, or cancel it`,
    );
  }
  await kind.rows(tx).remove(row.tenant_name, id);
  await recordChange(tx, who, kind.folder, id, "delete");
  return view(row);
}

/** One whose file is whole. @throws snapshot_action_error, log_bundle_action_error for one that failed or is being made */
export async function completeArchive(
  read: Repositories,
  who: Identity,
  kind: ArchiveKind,
  id: string,
): Promise<ArchiveRow> {
  const row = await archive(read, who, kind, id);
  if (isComplete(row)) return row;
  const reason = row.status === "failed" ? `failed: ${row.error}` : "is still being made";
  throw new Refusal(kind.errorCode, `${kind.model} ${id} ${reason}`);
}

/** An archive whose making came to no good end is never finished. */
export async function endArchive(
  tx: UnitOfWork,
  { workflow_id, tenant_name, parameters }: ExecutionRow,
  { status, error }: { status: string; error: string },
): Promise<void> {
  const kind = [SNAPSHOTS, LOG_BUNDLES].find(({ workflow }) => workflow === workflow_id);
  if (!kind || status === "terminated") return;
  const change = { status: "failed" as const, error: error || `its execution was ${status}` };
  await kind.rows(tx).update(tenant_name, String(parameters[kind.parameter]), change);
}

async function addRow(
  tx: UnitOfWork,
  who: Identity,
  kind: ArchiveKind,
  id: string,
  status: ArchiveRow["status"],
): Promise<void> {
  validateIdentifier(kind.parameter, id, { mayBeginWithDigit: true });
  if (await kind.rows(tx).get(who.tenant, id)) throw alreadyExists(kind.model, id, who.tenant);
  const owned = { tenant_name: who.tenant, visibility: "private" as const, created_by: who.username };
  await kind.rows(tx).insert({ ...owned, id, created_at: tx.now(), status, error: "" });
  await recordChange(tx, who, kind.folder, id, "create");
}

const archive = async (read: Repositories, who: Identity, kind: ArchiveKind, id: string): Promise<ArchiveRow> =>
  found(await kind.rows(read).get(who.tenant, id), kind.model, id);
