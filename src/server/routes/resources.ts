import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { isAdmin } from "../../services/identity/identity.ts";
import { Refusal } from "../../services/refusal.ts";
import type { Routes } from "../context.ts";
import { addIdentity } from "../identity/add-identity.ts";

/** Folders whose files belong to a tenant: `/resources/FOLDER/TENANT/ID/…`. */
const FOLDERS = ["blueprints", "deployments"];

/** The files of blueprints and deployments, for operations that fetch them over HTTP. */
export const resourceRoutes: Routes = (root, context) => {
  root.register(async (app) => {
    addIdentity(app, context);
    // Whose file it is stands in the path, so that no tenant need be named.
    app.get<{ Params: { "*": string } }>("/resources/*", { config: { anyTenant: true } }, async (request, reply) => {
      const path = request.params["*"];
      const [folder = "", tenant = "", ...rest] = path.split("/");
      const { identity } = request;
      if (!FOLDERS.includes(folder) || rest.length < 2) throw missing(path);
      if (!isAdmin(identity) && !identity.tenants.includes(tenant)) throw missing(path);
      const file = await fileBelow(join(context.files, folder, tenant), join(...rest));
      if (file === null) throw missing(path);
      return reply
        .headers({ "Content-Type": "application/octet-stream", "Content-Length": file.size })
        .send(createReadStream(file.path));
    });
  });
};

const missing = (path: string): Refusal => new Refusal("not_found_error", `There is no file /resources/${path}`);

/** Links that lead out of the folder count as not being there. */
async function fileBelow(folder: string, path: string): Promise<{ path: string; size: number } | null> {
  try {
    const [root, real] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    const found = await stat(real);
    return real.startsWith(root + sep) && found.isFile() ? { path: real, size: found.size } : null;
  } catch {
    return null;
  }
}
