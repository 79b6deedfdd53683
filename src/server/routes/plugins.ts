import { createReadStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Json } from "../../api/resources.ts";
import { booleanOr } from "../../services/booleans.ts";
import { incomingDirectory, pluginDirectory, pluginEnvironmentDirectory } from "../../services/files/layout.ts";
import { authorize } from "../../services/identity/identity.ts";
import { changePlugin, deletePlugin, setPluginVisibility } from "../../services/plugins/change.ts";
import { reportInstallation, requestInstallation } from "../../services/plugins/installation.ts";
import { getPlugin, listPlugins, viewOfPlugin, visiblePlugin } from "../../services/plugins/list.ts";
import { invalidPlugin } from "../../services/plugins/package.ts";
import { stagePlugin } from "../../services/plugins/stage.ts";
import { uploadPlugin } from "../../services/plugins/upload.ts";
import { yamlFileFor } from "../../services/plugins/yaml-files.ts";
import { last, type RawQuery } from "../../services/queries/list-query.ts";
import { badParameters, notFound, Refusal } from "../../services/refusal.ts";
import { requestedVisibility } from "../../services/visibility.ts";
import type { Routes, ServerContext } from "../context.ts";
import { fetchFile } from "../fetch-file.ts";
import { bodyOf } from "../http/request-body.ts";
import { attachment } from "../http/send-file.ts";
import { receiveUpload } from "../uploads.ts";

const MOST_BYTES = 2 ** 30;
type WithId = { Params: { id: string } };

export const pluginRoutes: Routes = (app, context) => {
  const { database, files } = context;

  app.get("/plugins", ({ identity, query }) => listPlugins(database.read, identity, query as RawQuery, files));
  app.get<WithId>("/plugins/:id", ({ identity, params, query }) =>
    getPlugin(database.read, identity, params.id, query as RawQuery, files),
  );
  app.post("/plugins", { config: { streamsBody: true } }, (request, reply) => takeUpload(context, request, reply));
  app.post<WithId>("/plugins/:id", async ({ identity, params, body }) => {
    const { action, managers, agents } = bodyOf(body, ["action"]);
    if (action !== "install")
      throw new Refusal("unknown_action", `A plugin knows the action \`install\`, not \`${String(action)}\``);
    const places = { managers: texts(managers, "managers"), agents: texts(agents, "agents") };
    const plugin = await database.unitOfWork((tx) => requestInstallation(tx, identity, params.id, places));
    return viewOfPlugin(database.read, plugin, files);
  });
  app.put<WithId>("/plugins/:id", async ({ identity, params, body }) => {
    const { state, error, manager, agent } = bodyOf(body, ["state"]);
    if ((manager === undefined) === (agent === undefined))
      throw badParameters("Name either the `manager` or the `agent` whose installation this is");
    const place = manager === undefined ? ("agent" as const) : ("manager" as const);
    const report = {
      place: { place, name: String(manager ?? agent) },
      state,
      error: error === undefined || error === null ? null : String(error),
    };
    const plugin = await database.unitOfWork((tx) => reportInstallation(tx, identity, params.id, report));
    return viewOfPlugin(database.read, plugin, files);
  });
  app.patch<WithId>("/plugins/:id", async ({ identity, params, body }) => {
    const change = bodyOf(body) as Record<string, Json>;
    const plugin = await database.unitOfWork((tx) => changePlugin(tx, identity, params.id, change));
    return viewOfPlugin(database.read, plugin, files);
  });
  app.patch<WithId>("/plugins/:id/set-visibility", async ({ identity, params, body }) => {
    const { visibility } = bodyOf(body, ["visibility"]);
    const plugin = await database.unitOfWork((tx) => setPluginVisibility(tx, identity, params.id, visibility));
    return viewOfPlugin(database.read, plugin, files);
  });
  app.delete<WithId>("/plugins/:id", async ({ identity, params, body }, reply) => {
    const force = booleanOr(bodyOf(body ?? {})["force"], "force", false);
    await database.unitOfWork((tx) => deletePlugin(tx, identity, params.id, { force }));
    // It may be in the midst of its installation, which goes on writing until it notices.
    const gone = { recursive: true, force: true, maxRetries: 10 };
    await rm(pluginDirectory(files, params.id), gone);
    await rm(pluginEnvironmentDirectory(files, params.id), gone);
    return reply.code(204).send();
  });
  app.get<WithId>("/plugins/:id/archive", async ({ identity, params }, reply) => {
    authorize(identity, "plugin_download");
    const { id, archive_name } = await visiblePlugin(database.read, identity, params.id);
    return sendFile(reply, join(pluginDirectory(files, id), archive_name), archive_name);
  });
  app.get<WithId>("/plugins/:id/yaml", async ({ identity, params, query }, reply) => {
    authorize(identity, "plugin_download");
    const { id } = await visiblePlugin(database.read, identity, params.id);
    const file = await yamlFileFor(files, id, last((query as RawQuery)["dsl_version"]));
    if (file === null) throw notFound("Plugin YAML", id);
    return sendFile(reply, file.path, file.name);
  });
};

async function takeUpload(context: ServerContext, request: FastifyRequest, reply: FastifyReply) {
  const { database, files } = context;
  const { identity } = request;
  authorize(identity, "plugin_upload");
  const query = request.query as RawQuery;
  const [id, title, url] = [last(query["id"]), last(query["title"]), last(query["plugin_archive_url"])];
  const limits = { directory: incomingDirectory(files), mostBytes: MOST_BYTES };
  const received = await receiveUpload(request, limits);
  let fetched: string | undefined;
  try {
    if (!received.file && url) fetched = await fetchFile(url, limits).catch(asInvalid);
    const path = received.file?.path ?? fetched;
    if (!path) throw invalidPlugin("The request brought no plugin archive");
    const staged = await stagePlugin(path);
    try {
      const upload = {
        ...(id ? { id } : {}),
        ...(title ? { title } : {}),
        visibility: requestedVisibility({
          visibility: last(query["visibility"]),
          private_resource: query["private_resource"],
        }),
      };
      const plugin = await database.unitOfWork((tx) =>
        uploadPlugin(tx, identity, upload, staged, async (pluginId) => {
          const directory = pluginDirectory(files, pluginId);
          await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
          await rm(directory, { recursive: true, force: true });
          await rename(staged.directory, directory);
        }),
      );
      reply.code(201);
      return await viewOfPlugin(database.read, plugin, files);
    } finally {
      await staged.discard();
    }
  } finally {
    await received.discard();
    if (fetched) await rm(fetched, { force: true });
  }
}

function asInvalid({ message }: Error): never {
  throw invalidPlugin(message);
}

async function sendFile(reply: FastifyReply, path: string, name: string) {
  const { size } = await stat(path).catch(() => {
    throw notFound("Plugin file", name);
  });
  return reply
    .headers({
      "Content-Type": "application/octet-stream",
      "Content-Disposition": attachment(name),
      "Content-Length": size,
    })
    .send(createReadStream(path));
}

function texts(value: unknown, name: string): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw badParameters(`\`${name}\` must be a list of names`);
}
