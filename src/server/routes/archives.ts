import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Json } from "../../api/resources.ts";
import {
  addUploadedSnapshot,
  completeArchive,
  createArchive,
  deleteArchive,
  getArchive,
  listArchives,
  reportArchive,
} from "../../services/archives/archives.ts";
import { type ArchiveKind, LOG_BUNDLES, SNAPSHOTS } from "../../services/archives/kinds.ts";
import { restoreSnapshot } from "../../services/archives/restore.ts";
import { booleanOr } from "../../services/booleans.ts";
import { archivePath, incomingDirectory } from "../../services/files/layout.ts";
import { authorize } from "../../services/identity/identity.ts";
import { last, type RawQuery } from "../../services/queries/list-query.ts";
import { badParameters } from "../../services/refusal.ts";
import type { Routes, ServerContext } from "../context.ts";
import { fetchFile } from "../fetch-file.ts";
import { bodyOf, nameOf, textOf } from "../http/request-body.ts";
import { sendFile } from "../http/send-file.ts";
import { receiveUpload } from "../uploads.ts";

type WithId = { Params: { id: string } };
type Body = Record<string, Json | undefined>;

/** More than any server of one machine has. */
const MOST_BYTES = 2 ** 40;

export const archiveRoutes: Routes = (app, context) => {
  resource(SNAPSHOTS, snapshotOptions)(app, context);
  resource(LOG_BUNDLES, () => ({}))(app, context);

  const { database, files } = context;
  app.put<WithId>("/snapshots/:id/archive", { config: { streamsBody: true } }, async (request, reply) => {
    const { identity, params, query } = request;
    authorize(identity, "snapshot_upload");
    const limits = { directory: incomingDirectory(files), mostBytes: MOST_BYTES };
    const received = await receiveUpload(request, limits);
    const url = last((query as RawQuery)["snapshot_archive_url"]);
    const path = received.file?.path ?? (url ? await fetchFile(url, limits) : undefined);
    if (!path) throw badParameters("The request brought no archive. Send it as the body, or name its address");
    try {
      const snapshot = await database.unitOfWork(async (tx) => {
        const added = await addUploadedSnapshot(tx, identity, params.id);
        const place = archivePath(files, SNAPSHOTS.folder, added.tenant_name, added.id);
        await mkdir(dirname(place), { recursive: true, mode: 0o700 });
        await rename(path, place);
        return added;
      });
      return reply.code(201).send(snapshot);
    } finally {
      await rm(path, { force: true });
    }
  });
  app.post<WithId>("/snapshots/:id/restore", ({ identity, params, body: json }) => {
    const body = bodyOf(json, ["force"]);
    const asked = {
      force: option(body, "force", false),
      certificates: option(body, "restore_certificates", false) || option(body, "no_reboot", false),
    };
    return database.unitOfWork((tx) => restoreSnapshot(tx, identity, params.id, asked));
  });
  app.get("/snapshot-status", { config: { open: true } }, async () => ({
    status: (await database.read.executions.isActive("restore_snapshot")) ? "running" : "not-running",
  }));
};

function snapshotOptions(body: Body): Record<string, boolean> {
  // There is one format here; clients of some releases ask for the older of theirs without being told to.
  option(body, "legacy", false);
  return {
    include_credentials: option(body, "include_credentials", true),
    include_logs: option(body, "include_logs", true),
    include_events: option(body, "include_events", true),
  };
}

/** What snapshots and log bundles have in common. `options` are those of the workflow that makes one. */
const resource =
  (kind: ArchiveKind, options: (body: Body) => Record<string, Json>): Routes =>
  (app, { database, files }: ServerContext) => {
    const path = `/${kind.folder}`;
    app.get(path, ({ identity, query }) => listArchives(database.read, identity, kind, query as RawQuery));
    app.get<WithId>(`${path}/:id`, ({ identity, params, query }) =>
      getArchive(database.read, identity, kind, params.id, query as RawQuery),
    );
    app.put<WithId>(`${path}/:id`, ({ identity, params, body: json }, reply) => {
      const body = bodyOf(json);
      const asked = { parameters: options(body), queue: option(body, "queue", false) };
      reply.code(201);
      return database.unitOfWork((tx) => createArchive(tx, identity, kind, params.id, asked));
    });
    app.patch<WithId>(`${path}/:id`, async ({ identity, params, body: json }, reply) => {
      const body = bodyOf(json, ["status"]);
      const report = { status: nameOf(body, "status"), error: textOf(body, "error") };
      await database.unitOfWork((tx) => reportArchive(tx, identity, kind, params.id, report));
      return reply.type("application/json").send("null");
    });
    app.delete<WithId>(`${path}/:id`, async ({ identity, params }) => {
      const deleted = await database.unitOfWork((tx) => deleteArchive(tx, identity, kind, params.id));
      await rm(archivePath(files, kind.folder, deleted.tenant_name, params.id), { force: true });
      return deleted;
    });
    app.get<WithId>(`${path}/:id/archive`, async (request, reply) => {
      const { identity, params } = request;
      authorize(identity, `${kind.permission}_download`);
      const { tenant_name, id } = await completeArchive(database.read, identity, kind, params.id);
      return sendFile(request, reply, archivePath(files, kind.folder, tenant_name, id), `${id}.zip`);
    });
  };

const option = (body: Body, key: string, absent: boolean): boolean => booleanOr(body[key] ?? undefined, key, absent);
