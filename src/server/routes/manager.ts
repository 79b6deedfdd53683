import { hostname } from "node:os";
import type { FastifyRequest } from "fastify";
import type { ManagerNode } from "../../api/manager.ts";
import { booleanOr } from "../../services/booleans.ts";
import { getConfig, listConfig, setConfig } from "../../services/config/config.ts";
import { authorize } from "../../services/identity/identity.ts";
import { activateMaintenance, currentMaintenance, deactivateMaintenance } from "../../services/maintenance/change.ts";
import { flag, last, parseListQuery, type RawQuery } from "../../services/queries/list-query.ts";
import { pageSize } from "../../services/queries/list-resources.ts";
import { notFound } from "../../services/refusal.ts";
import type { Routes, ServerContext } from "../context.ts";
import { bodyOf, objectOf, textOf } from "../http/request-body.ts";

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
const AGENT_FIELDS = ["id", "host_id", "node_instance_id", "ip", "install_method", "system", "version"].concat(
  ["node", "deployment", "tenant_name", "state", "created_at", "created_by", "visibility"],
  ["node_ids", "node_instance_ids", "install_methods", "deployment_id"],
);

const anyTenant = { config: { anyTenant: true } };

/** The server itself: what it is, how it is, how it is set. */
export const managerRoutes: Routes = (app, context) => {
  const { database, clock } = context;
  const { read } = database;

  app.get("/version", anyTenant, async ({ identity }) => {
    authorize(identity, "version_get");
    return VERSION;
  });
  app.get("/ok", { config: { open: true } }, async (_, reply) => reply.type("application/json").send('"OK"'));
  app.get("/license-check", anyTenant, async (_, reply) => reply.type("application/json").send('"OK"'));
  app.get("/status", anyTenant, async ({ identity }) => {
    authorize(identity, "status_get");
    const workers = await workersOf(context);
    const service = (active: boolean) => ({ status: active ? "Active" : "Inactive", is_remote: false, extra_info: {} });
    return { status: "OK", services: { "REST Service": service(true), Worker: service(workers.length > 0) } };
  });
  app.get("/provider/context", anyTenant, async ({ identity }) => {
    authorize(identity, "provider_context_get");
    return { id: "CONTEXT", name: "provider", context: {}, ...(await read.providerContext.get()) };
  });
  app.post("/provider/context", anyTenant, async ({ identity, body: json }, reply) => {
    authorize(identity, "provider_context_create");
    // It is one for all tenants.
    authorize(identity, "manager_config_put");
    const body = bodyOf(json, ["name", "context"]);
    await database.unitOfWork((tx) =>
      tx.providerContext.set(textOf(body, "name") ?? "", objectOf(body, "context") ?? {}),
    );
    return reply.code(201).send({ status: "ok" });
  });
  app.get("/managers", anyTenant, async (request) => {
    authorize(request.identity, "manager_get");
    return listOf(read, request, [thisManager(request, clock.now())]);
  });
  app.get("/brokers", anyTenant, async (request) => {
    authorize(request.identity, "broker_get");
    return listOf(read, request, []);
  });
  app.get("/db-nodes", anyTenant, async (request) => {
    authorize(request.identity, "db_nodes_get");
    return listOf(read, request, []);
  });
  app.get("/cluster-status", anyTenant, async (request) => {
    authorize(request.identity, "cluster_status_get");
    if (flag(request.query as RawQuery, "summary")) return { status: "OK", services: {} };
    const { hostname, private_ip, public_ip, version } = thisManager(request, clock.now());
    const node = { private_ip, public_ip, version, services: {}, metrics: [], failures: [], status: "OK" };
    const service = (nodes: object) => ({ is_external: false, status: "OK", nodes });
    return {
      status: "OK",
      services: { broker: service({}), db: service({}), manager: service({ [hostname]: node }) },
    };
  });
  // No agents are installed here: operations of all hosts run in the worker.
  app.get("/agents", async (request) => {
    authorize(request.identity, "agent_list");
    parseListQuery(request.query as RawQuery, { fields: AGENT_FIELDS });
    return listOf(read, request, []);
  });
  app.get<{ Params: { name: string } }>("/agents/:name", async ({ identity, params }) => {
    authorize(identity, "agent_get");
    throw notFound("Agent", params.name);
  });
  configRoutes(app, context);
  maintenanceRoutes(app, context);
};

/** Of a server that has just started, the health is asked often, and its worker is about to be there. */
async function workersOf({ database, clock, closing, workerBy = 0 }: ServerContext) {
  for (;;) {
    const workers = await database.read.leases.workers();
    if (workers.length > 0 || clock.now() >= workerBy || closing.aborted) return workers;
    await clock.sleep(50, closing).catch(() => undefined);
  }
}

const configRoutes: Routes = (app, { database }) => {
  app.get("/config", anyTenant, ({ identity, query }) =>
    listConfig(database.read, identity, last((query as RawQuery)["scope"])),
  );
  app.get<{ Params: { name: string } }>("/config/:name", anyTenant, ({ identity, params }) =>
    getConfig(database.read, identity, params.name),
  );
  app.put<{ Params: { name: string } }>("/config/:name", anyTenant, ({ identity, params, body: json }) => {
    const body = bodyOf(json, ["value"]);
    const asked = { value: body.value, force: booleanOr(body["force"] ?? undefined, "force", false) };
    return database.unitOfWork((tx) => setConfig(tx, identity, params.name, asked));
  });
};

const maintenanceRoutes: Routes = (app, { database }) => {
  app.get("/maintenance", anyTenant, ({ identity }) => {
    authorize(identity, "maintenance_mode_get");
    return currentMaintenance(database.read);
  });
  app.post("/maintenance/activate", anyTenant, ({ identity }) =>
    database.unitOfWork((tx) => activateMaintenance(tx, identity)),
  );
  app.post("/maintenance/deactivate", anyTenant, ({ identity }) =>
    database.unitOfWork((tx) => deactivateMaintenance(tx, identity)),
  );
};

/** The one host that there is, under the address by which it was reached. */
function thisManager(request: FastifyRequest, now: number): ManagerNode {
  const address = request.hostname;
  return {
    id: 1,
    hostname: hostname(),
    private_ip: address,
    public_ip: address,
    version: VERSION.version,
    edition: VERSION.edition,
    distribution: VERSION.distribution,
    distro_release: VERSION.distro_release,
    fs_sync_node_id: null,
    networks: { default: address },
    last_seen: new Date(now).toISOString(),
    status_report_frequency: 0,
    ca_cert_content: null,
  };
}

async function listOf(read: Parameters<typeof pageSize>[0], { query }: FastifyRequest, items: readonly object[]) {
  const { _size, _offset } = query as RawQuery;
  const { size, offset } = parseListQuery({ _size, _offset }, { fields: [], defaultSize: await pageSize(read) });
  return {
    metadata: { pagination: { total: items.length, size, offset }, filtered: null },
    items: items.slice(offset, offset + size),
  };
}
