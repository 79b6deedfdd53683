import { basename } from "node:path";
import { servedFile, servedFolder } from "../../services/files/served-files.ts";
import type { Routes } from "../context.ts";
import { sendFile } from "../http/send-file.ts";
import { addIdentity } from "../identity/add-identity.ts";

/** The files of blueprints and deployments, below `/resources`, for those who may see what they belong to. */
export const fileRoutes: Routes = (app, context) => {
  const { database, files } = context;
  app.register(async (served) => {
    addIdentity(served, context);
    // Whose file it is stands in the path, so that no tenant need be named.
    served.get<{ Params: { "*": string } }>("/resources/*", { config: { anyTenant: true } }, async (request, reply) => {
      const { identity, params } = request;
      const path = params["*"];
      if (path.endsWith("/")) return servedFolder(database.read, identity, files, path);
      return sendFile(request, reply, await servedFile(database.read, identity, files, path), basename(path));
    });
  });
};
