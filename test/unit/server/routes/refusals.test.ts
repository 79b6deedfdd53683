import { expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../../src/lib/clock.ts";
import { buildServer } from "../../../../src/server/app.ts";
import type { Routes } from "../../../../src/server/context.ts";
import { addIdentity } from "../../../../src/server/identity/add-identity.ts";
import { apiRoutes } from "../../../../src/server/routes/index.ts";
import { insertExecution } from "../../../../src/services/executions/insert.ts";
import type { Identity } from "../../../../src/services/identity/identity.ts";
import { storeGraph } from "../../../../src/services/operations/store-graph.ts";
import { openVault } from "../../../../src/services/secrets/vault.ts";
import { aDatabase } from "../../../helpers/database.ts";
import { permissionsOf } from "../../../helpers/permissions.ts";

/** Enough for every route to find nothing missing in a request. */
const ANYTHING = {
  ...{
    action: "cancel",
    state: "failed",
    status: "failed",
    visibility: "tenant",
    version: 1,
    value: "v",
    force: false,
  },
  ...{ name: "x", id: "x", role: "user", password: "long enough", username: "x", group_name: "x", tenant_name: "x" },
  ...{ deployment_id: "x", blueprint_id: "x", execution_id: "x", graph_id: "x", deployment_group_id: "x" },
  ...{
    workflow_id: "x",
    nodes: [],
    recurrence: "1 day",
    is_component_deletion: false,
    manager: "x",
    payload: {},
    override_collisions: false,
    node_instances: [],
    filter_rules: [],
    secrets_list: [],
    context: {},
  },
  ...{ dependency_creator: "x", source_deployment: "x", target_deployment: "x", source_deployment_id: "x" },
  ...{ inter_deployment_dependencies: [], since: "2030-01-01 00:00:00", type: "x", deployment_ids: [] },
};

const EXECUTION = { id: "x", workflowId: "x", status: "pending" as const, parameters: {} };
const GRAPH = {
  id: "x",
  executionId: "x",
  name: "x",
  operations: [{ id: "x", name: "x", type: "RemoteWorkflowTask", dependencies: [], parameters: {} }],
};

/** Where that would be too much or too little. */
const JUST: Record<string, object> = {
  "POST plugins/:id": { action: "install" },
  "POST users/:name": { password: "long enough" },
  "POST deployment-modifications": { ...ANYTHING, nodes: {} },
};

function identity(username: string, ...roles: string[]): Identity {
  const permissions = permissionsOf(...roles);
  return { username, tenant: "default_tenant", tenants: [], role: "default", permissions, method: "http_basic" };
}

interface Answered {
  request: string;
  status: number;
  /** Of the error, where it is one. */
  code: string | undefined;
}

/** How every route that a caller could reach answers this one: its method, path and status. */
async function answersTo(who: Identity): Promise<Answered[]> {
  const routes: { method: string; url: string }[] = [];
  const asWho: Routes = (app) => {
    app.addHook("onRoute", ({ method, url }) => {
      for (const one of [method].flat()) routes.push({ method: one, url });
    });
    app.addHook("onRequest", async (request) => {
      request.identity = who;
    });
  };
  const closing = new AbortController();
  const database = await aDatabase();
  await database.unitOfWork(async (tx) => {
    await insertExecution(tx, { username: "admin", tenant: "default_tenant" }, EXECUTION);
    await storeGraph(tx, GRAPH);
  });
  const app = buildServer(
    {
      database,
      clock: systemClock,
      log: { info: () => undefined, error: () => undefined },
      files: "/dev/null",
      vault: openVault("/dev/null/secrets.key"),
      isLocal: () => false,
      closing: closing.signal,
    },
    { api: [asWho, ...apiRoutes.filter((add) => add !== addIdentity)] },
  );
  onTestFinished(async () => {
    closing.abort();
    await app.close();
  });
  await app.ready();
  const answers: Answered[] = [];
  for (const { method, url } of routes.filter((one) => one.method !== "HEAD" && !one.url.endsWith("/stream"))) {
    const request = `${method} ${url.replace("/api/v3.1/", "")}`;
    const answer = await app.inject({
      method: method as "GET",
      url: `${url.replace("/:kind", "/deployments").replace(/:[a-z]+|\*/gi, "x")}?deployment_id=x&before=2020-01-01`,
      headers: { "content-type": "application/json" },
      ...(method === "GET" ? {} : { payload: JUST[request] ?? ANYTHING }),
    });
    const code = /"error_code":"(\w+)"/.exec(answer.body)?.[1];
    answers.push({ request, status: answer.statusCode, code });
  }
  return answers;
}

const requests = (answers: Answered[], is: (answer: Answered) => boolean) =>
  answers
    .filter((answer) => is(answer) && answer.code !== "missing_premium_package_error")
    .map(({ request }) => request)
    .toSorted();

/** For administrators alone, whatever a role may do; the original answers 401. */
const PERMISSIONS = [
  "DELETE permissions/:role/:permission",
  "GET permissions",
  "GET permissions/:role",
  "PUT permissions/:role/:permission",
];

it("a caller without a role in the tenant may do nothing, and learns nothing but that the server is there", async () => {
  const answers = await answersTo(identity("eve"));
  expect(answers.length).toBeGreaterThan(150);
  expect(requests(answers, ({ status }) => status === 401)).toEqual(PERMISSIONS);
  expect(requests(answers, ({ status }) => status !== 401 && status !== 403)).toEqual([
    "GET license-check",
    "GET ok",
    "GET snapshot-status",
  ]);
});

it("a viewer changes nothing but tokens of its own", async () => {
  const answers = await answersTo(identity("viv", "default", "viewer"));
  const changes = answers.filter(
    ({ request }) => !request.startsWith("GET ") && !/ (searches|permissions)\//.test(request),
  );
  expect(requests(changes, ({ status }) => status !== 403)).toEqual([
    "DELETE tokens/:id",
    // Both only answer with what there is: updates end by themselves.
    "POST deployment-updates/:id/update/finalize",
    "POST plugins-updates/:id/update/finalize",
    "POST tokens",
  ]);
});
