import { authorize } from "../../services/identity/identity.ts";
import { maintenanceState } from "../../services/maintenance/state.ts";
import { last, type RawQuery } from "../../services/queries/list-query.ts";
import { badParameters, notFound } from "../../services/refusal.ts";
import type { ConfigRow } from "../../storage/index.ts";
import type { Routes } from "../context.ts";

/** The release of the API's original that this server answers like. */
const VERSION = {
  edition: "community",
  version: "7.1.0",
  build: null,
  date: null,
  commit: null,
  distribution: process.platform,
  distro_release: process.release.name,
};

const configItem = ({ name, value, schema, is_editable, admin_only, updated_at, scope, updater_name }: ConfigRow) => ({
  name,
  value,
  schema,
  is_editable,
  admin_only,
  updated_at,
  scope,
  updater_name,
});

/** The server itself: what it is, how it is, how it is set. */
export const managerRoutes: Routes = (app, { database }) => {
  const anyTenant = { config: { anyTenant: true } };

  app.get("/version", anyTenant, async (request) => {
    authorize(request.identity, "version_get");
    return VERSION;
  });
  app.get("/ok", { config: { open: true } }, async (_, reply) => reply.type("application/json").send('"OK"'));
  app.get("/status", anyTenant, async (request) => {
    authorize(request.identity, "status_get");
    const workers = await database.read.leases.workers();
    const service = (active: boolean) => ({ status: active ? "Active" : "Inactive", is_remote: false, extra_info: {} });
    return { status: "OK", services: { "REST Service": service(true), Worker: service(workers.length > 0) } };
  });
  app.get("/provider/context", anyTenant, async (request) => {
    authorize(request.identity, "provider_context_get");
    return { id: "CONTEXT", name: "provider", context: {}, ...(await database.read.providerContext.get()) };
  });
  app.get("/maintenance", anyTenant, async (request) => {
    authorize(request.identity, "maintenance_mode_get");
    return { ...(await maintenanceState(database.read)), remaining_executions: null };
  });
  app.get("/config", anyTenant, async (request) => {
    authorize(request.identity, "manager_config_get");
    const scope = last((request.query as RawQuery)["scope"]);
    const rows = scope ? await database.read.config.ofScope(scope) : await database.read.config.all();
    return { metadata: {}, items: rows.map(configItem) };
  });
  app.get<{ Params: { name: string } }>("/config/:name", anyTenant, async (request) => {
    authorize(request.identity, "manager_config_get");
    return configItem(only(request.params.name, await database.read.config.named(request.params.name)));
  });
  for (const path of ["/managers", "/brokers", "/db-nodes"]) {
    app.get(path, anyTenant, async (request) => {
      authorize(request.identity, path === "/managers" ? "manager_get" : "broker_get");
      return { items: [], metadata: { pagination: { total: 0, size: 1000, offset: 0 }, filtered: null } };
    });
  }
};

function only(name: string, rows: readonly ConfigRow[]): ConfigRow {
  const [row, ...more] = rows;
  if (!row) throw notFound("Config", name);
  if (more.length > 0) throw badParameters(`${name} is set in several scopes: name one, as in ${row.scope}.${name}`);
  return row;
}
