import { refuseInMaintenance, refuseWhileRestoring } from "../services/maintenance/gate.ts";
import type { Routes } from "./context.ts";
import { API_PREFIX } from "./http/versions.ts";

/** Turns away what maintenance mode does not let in, and what a snapshot that is being restored would undo. Comes after it is known who asks. */
export const addMaintenanceGate: Routes = (app, { database }) => {
  app.addHook("onRequest", async (request) => {
    if (request.is404) return;
    const path = (request.url.split("?", 1)[0] ?? "").slice(API_PREFIX.length + 1);
    await refuseWhileRestoring(database.read, { method: request.method, path });
    const bypass = request.headers["x-bypass-maintenance"] !== undefined;
    await refuseInMaintenance(database.read, request.identity, { method: request.method, path, bypass });
  });
};
