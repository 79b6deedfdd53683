import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Json } from "../../api/resources.ts";
import { archiveKind } from "../../services/blueprints/archive.ts";
import {
  changeBlueprint,
  deleteBlueprint,
  replaceArchive,
  setBlueprintVisibility,
} from "../../services/blueprints/change.ts";
import { setIcon } from "../../services/blueprints/icon.ts";
import { getBlueprint, listBlueprints, visibleBlueprint } from "../../services/blueprints/list.ts";
import { type BlueprintUpload, uploadBlueprint } from "../../services/blueprints/upload.ts";
import { viewOfBlueprint } from "../../services/blueprints/view.ts";
import { booleanOr } from "../../services/booleans.ts";
import { lastLine } from "../../services/executions/environment.ts";
import { archiveDirectory, archiveName, blueprintDirectory, incomingDirectory } from "../../services/files/layout.ts";
import { authorize } from "../../services/identity/identity.ts";
import { parseLabels } from "../../services/labels/parse-labels.ts";
import { flag, type RawQuery } from "../../services/queries/list-query.ts";
import { badParameters, notFound, Refusal } from "../../services/refusal.ts";
import { requestedVisibility } from "../../services/visibility.ts";
import type { Routes, ServerContext } from "../context.ts";
import { bodyOf } from "../http/request-body.ts";
import { sendFile } from "../http/send-file.ts";
import { receiveUpload } from "../uploads.ts";
import { untilExecutionEnds } from "./until-execution-ends.ts";

const MOST_BYTES = 2 ** 30;
const MOST_ICON_BYTES = 2 ** 20;
type WithId = { Params: { id: string } };

export const blueprintRoutes: Routes = (app, context) => {
  const { database, files } = context;

  app.get("/blueprints", (request) => listBlueprints(database.read, request.identity, request.query as RawQuery));
  app.get<WithId>("/blueprints/:id", (request) =>
    getBlueprint(database.read, request.identity, request.params.id, request.query as RawQuery),
  );
  app.put<WithId>("/blueprints/:id", { config: { streamsBody: true } }, (request, reply) =>
    takeUpload(context, request, reply, { validateOnly: false }),
  );
  app.put<WithId>("/blueprints/:id/validate", { config: { streamsBody: true } }, (request, reply) =>
    takeUpload(context, request, reply, { validateOnly: true }),
  );
  app.get<WithId>("/blueprints/:id/archive", (request, reply) => sendArchive(context, request, reply));
  app.put<WithId>("/blueprints/:id/archive", { config: { streamsBody: true } }, async (request) => {
    const { identity, params } = request;
    authorize(identity, "blueprint_upload");
    const received = await receiveUpload(request, { directory: incomingDirectory(files), mostBytes: MOST_BYTES });
    try {
      const { file } = received;
      if (!file) throw badParameters("The request brought no blueprint archive");
      const name = archiveName(params.id, await archiveKind(file.path));
      return await database.unitOfWork((tx) =>
        replaceArchive(tx, identity, params.id, ({ tenant_name, id }) =>
          moveArchive(archiveDirectory(files, tenant_name, id), name, file.path),
        ),
      );
    } finally {
      await received.discard();
    }
  });
  app.patch<WithId>("/blueprints/:id", (request) => {
    const change = bodyOf(request.body);
    return database.unitOfWork((tx) => changeBlueprint(tx, request.identity, request.params.id, change));
  });
  app.patch<WithId>("/blueprints/:id/set-visibility", (request) => {
    const { visibility } = bodyOf(request.body, ["visibility"]);
    return database.unitOfWork((tx) => setBlueprintVisibility(tx, request.identity, request.params.id, visibility));
  });
  app.patch<WithId>("/blueprints/:id/icon", { config: { streamsBody: true } }, async (request) => {
    const { identity, params } = request;
    authorize(identity, "blueprint_upload");
    const received = await receiveUpload(request, { directory: incomingDirectory(files), mostBytes: MOST_ICON_BYTES });
    try {
      return await setIcon(database, identity, params.id, { files, picture: received.file?.path });
    } finally {
      await received.discard();
    }
  });
  app.delete<WithId>("/blueprints/:id", async (request, reply) => {
    const { identity, params } = request;
    const force = flag(request.query as RawQuery, "force");
    await database.unitOfWork((tx) => deleteBlueprint(tx, identity, params.id, force));
    await rm(blueprintDirectory(files, identity.tenant, params.id), { recursive: true, force: true });
    await rm(archiveDirectory(files, identity.tenant, params.id), { recursive: true, force: true });
    return reply.code(204).send();
  });
};

async function takeUpload(
  context: ServerContext,
  request: FastifyRequest<WithId>,
  reply: FastifyReply,
  { validateOnly }: { validateOnly: boolean },
) {
  const { database, files } = context;
  const { identity } = request;
  authorize(identity, "blueprint_upload");
  const received = await receiveUpload(request, { directory: incomingDirectory(files), mostBytes: MOST_BYTES });
  try {
    const parameters = { ...(request.query as Record<string, Json>), ...paramsIn(received.fields["params"]) };
    const upload = uploadIn(request.params.id, parameters, validateOnly);
    const waits = !validateOnly && !booleanOr(parameters["async_upload"], "async_upload", false);
    if (upload.url && received.file) throw badParameters("Send either an archive or `blueprint_archive_url`, not both");
    if (!upload.url && !received.file) throw badParameters("The request brought no blueprint archive");
    const name = received.file && archiveName(upload.id, await archiveKind(received.file.path));
    const blueprint = await database.unitOfWork((tx) =>
      uploadBlueprint(tx, identity, upload, async () => {
        await moveArchive(archiveDirectory(files, identity.tenant, upload.id), name, received.file?.path);
      }),
    );
    reply.code(201);
    if (!waits || !blueprint.upload_execution) return blueprint;
    return await whenUploaded(context, request, blueprint.upload_execution.id);
  } finally {
    await received.discard();
  }
}

/** Nothing else stays in the blueprint's directory. */
async function moveArchive(directory: string, name: string | undefined, path: string | undefined): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (path && name) await rename(path, join(directory, name));
}

async function whenUploaded(context: ServerContext, { identity, params }: FastifyRequest<WithId>, executionId: string) {
  const { read } = context.database;
  const execution = await untilExecutionEnds(context, executionId);
  const blueprint = await visibleBlueprint(read, identity, params.id);
  if (blueprint.state !== "uploaded") {
    const reason = blueprint.error ?? lastLine(execution?.error ?? "");
    throw new Refusal("invalid_blueprint_error", `Blueprint \`${params.id}\` is ${blueprint.state}. Error: ${reason}`);
  }
  return viewOfBlueprint(read, blueprint);
}

function paramsIn(text: string | undefined): Record<string, Json> {
  return text === undefined ? {} : (bodyOf(parsedJson("params", text)) as Record<string, Json>);
}

function parsedJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badParameters(`\`${name}\` is not valid JSON: ${(error as Error).message}`);
  }
}

function uploadIn(id: string, parameters: Record<string, Json>, validateOnly: boolean): BlueprintUpload {
  const { application_file_name: file, blueprint_archive_url: url, labels } = parameters;
  return {
    id,
    visibility: requestedVisibility(parameters),
    labels: parseLabels(typeof labels === "string" ? parsedJson("labels", labels) : labels),
    validateOnly,
    ...(typeof file === "string" && file !== "" ? { mainFileName: decoded(file) } : {}),
    ...(typeof url === "string" && url !== "" ? { url } : {}),
  };
}

/** Clients of all releases encode the name; one that is no code is the name itself. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

async function sendArchive({ database, files }: ServerContext, request: FastifyRequest<WithId>, reply: FastifyReply) {
  authorize(request.identity, "blueprint_download");
  const { tenant_name, id } = await visibleBlueprint(database.read, request.identity, request.params.id);
  const directory = archiveDirectory(files, tenant_name, id);
  const [name] = await readdir(directory).catch(() => []);
  if (!name) throw notFound("Blueprint archive", id);
  return sendFile(request, reply, join(directory, name), name);
}
