import { Readable } from "node:stream";
import type { Transport, TransportRequest } from "../../src/client/index.ts";
import { anEvent, anExecution } from "./resources.ts";

const resource = {
  id: "thing",
  name: "thing",
  visibility: "tenant",
  tenant_name: "default_tenant",
  created_by: "admin",
  created_at: "2026-01-01T00:00:00.000Z",
  updated_at: "2026-01-01T00:00:00.000Z",
};
const execution = anExecution({ id: "thing", status: "terminated", ended_at: "2026-01-01T00:00:09.000Z" });
const labels = [{ key: "env", value: "prod", created_at: resource.created_at, creator_id: 0, creator_name: "admin" }];
const workflow = { name: "install", plugin: "p", parameters: { force: { type: "boolean", default: false } } };
const group = {
  ...resource,
  status: "terminated",
  workflow_id: "install",
  deployment_group_id: "thing",
  deployment_ids: ["d1"],
  execution_ids: ["thing"],
  executions: [execution],
  concurrency: 5,
  default_inputs: {},
  labels,
};

/** What one thing of each resource looks like, as far as commands look at it. */
const SHAPES: Readonly<Record<string, object>> = {
  agents: { ...resource, host: "h1", ip: "10.0.0.1", state: "started", node: "web", deployment: "d1" },
  audit: { ...resource, ref_table: "executions", ref_id: 1, operation: "update", creator_name: "admin" },
  blueprints: {
    ...resource,
    state: "uploaded",
    plan: { inputs: { port: { type: "integer" } } },
    labels,
    description: "d",
  },
  brokers: { ...resource, host: "h1", port: 5671, networks: { default: "10.0.0.1" }, is_external: false },
  "db-nodes": { name: "db1", host: "10.0.0.1", is_external: false },
  config: { name: "min_workers", value: 2, schema: {}, scope: ["mgmtworker"], is_editable: true },
  deployments: {
    ...resource,
    blueprint_id: "app",
    inputs: { port: 80 },
    outputs: { url: { value: "u" } },
    capabilities: { url: { value: "u" } },
    groups: { all: { members: ["web"], policies: {} } },
    workflows: [workflow],
    labels,
    latest_execution: "thing",
  },
  "deployment-groups": group,
  "deployment-modifications": {
    ...resource,
    deployment_id: "d1",
    status: "finished",
    node_instances: {},
    modified_nodes: {},
  },
  "deployment-updates": { ...resource, deployment_id: "d1", state: "successful", execution_id: "thing", steps: [] },
  events: anEvent({ message: "done", execution_id: "thing", event_type: "workflow_succeeded" }),
  executions: execution,
  "execution-groups": group,
  "execution-schedules": {
    ...resource,
    deployment_id: "d1",
    workflow_id: "install",
    rule: { recurrence: "1 day" },
    next_occurrence: "2026-01-02T00:00:00.000Z",
    all_next_occurrences: ["2026-01-02 00:00:00"],
    enabled: true,
  },
  filters: { ...resource, labels_filter_rules: [], attrs_filter_rules: [], value: [], is_system_filter: false },
  license: { customer_id: "c", expiration_date: "2030-01-01T00:00:00.000Z", license_edition: "e", capabilities: [] },
  "log-bundles": { ...resource, status: "created" },
  managers: {
    ...resource,
    hostname: "thing",
    private_ip: "10.0.0.1",
    public_ip: "10.0.0.1",
    version: "7.0",
    networks: {},
  },
  "node-instances": {
    ...resource,
    node_id: "web",
    deployment_id: "d1",
    state: "started",
    runtime_properties: { a: 1 },
    version: 1,
  },
  nodes: {
    ...resource,
    deployment_id: "d1",
    type: "t",
    type_hierarchy: ["t"],
    properties: { a: 1 },
    operations: {},
    relationships: [],
  },
  operations: { ...resource, state: "succeeded", type: "RemoteTask", parameters: {} },
  permissions: { role: "viewer", permission: "thing" },
  plugins: {
    ...resource,
    blueprint_labels: { env: ["prod"] },
    labels: { env: ["prod"] },
    resource_tags: { env: ["prod"] },
    package_name: "p",
    package_version: "1.0",
    uploaded_at: resource.created_at,
    installation_state: [],
  },
  "plugins-updates": { ...resource, state: "successful", blueprint_id: "app", execution_id: "thing", forced: false },
  secrets: { ...resource, key: "thing", value: "v", is_hidden_value: false },
  "secrets-providers": { ...resource, type: "vault" },
  sites: { ...resource, location: "1.0, 2.0" },
  snapshots: { ...resource, status: "created" },
  tasks_graphs: { ...resource, execution_id: "thing" },
  tenants: { name: "thing", users: 1, groups: 1, user_roles: { direct: {}, groups: {} } },
  tokens: { ...resource, username: "admin", value: "v", role: "admin", expiration_date: resource.created_at },
  "user-groups": { name: "thing", users: 1, tenants: 1, role: "default", group_system_roles: [], tenant_roles: {} },
  users: {
    username: "thing",
    role: "admin",
    active: true,
    tenants: 1,
    groups: 1,
    tenant_roles: { direct: {}, groups: {} },
  },
};

/** What is no list of things. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  "cluster-status": { status: "OK", services: { manager: { status: "OK", is_external: false, nodes: {} } } },
  "license-check": "OK",
  maintenance: { status: "deactivated", activated_at: "", activation_requested_at: "", remaining_executions: null },
  status: { status: "OK", services: { nginx: { status: "Active" } } },
  summary: { items: [{ status: "terminated", executions: 1 }], metadata: metadataOf(1) },
  version: { version: "7.0.0", edition: "premium" },
  idp: { identity_provider: "local" },
};

/**
 * A manager that grants everything: any change answers with a thing of its resource, any list has one, or none with
 * `empty`. It keeps nothing.
 */
export function acceptingManager({ empty = false } = {}): Transport {
  return {
    async send(request) {
      const value = answerTo(request, empty);
      const text = value === undefined ? "" : JSON.stringify(value);
      return {
        status: value === undefined ? 204 : 200,
        headers: { "content-type": "application/json", "content-length": String(Buffer.byteLength(text)) },
        body: Readable.from(text === "" ? [] : [Buffer.from(text)]),
        url: request.path,
      };
    },
    close() {},
  };
}

/** A manager that grants nothing. */
export function refusingManager(): Transport {
  const body = JSON.stringify({ message: "You may not", error_code: "forbidden_error" });
  return {
    send: async ({ path }) => ({
      status: 403,
      headers: { "content-type": "application/json" },
      body: Readable.from([Buffer.from(body)]),
      url: path,
    }),
    close() {},
  };
}

function answerTo({ method, path }: TransportRequest, empty: boolean): unknown {
  const { pathname } = new URL(path, "http://manager");
  const [kind = "", ...below] = pathname.replace("/api/v3.1/", "").split("/");
  if (kind === "searches" || kind === "filters")
    return answerAbout(SHAPES[below[0] ?? ""], method, below.length > 1, empty);
  if (kind === "labels") return { items: empty ? [] : ["env"], metadata: metadataOf(empty ? 0 : 1) };
  return kind in ANSWERS ? ANSWERS[kind] : answerAbout(SHAPES[kind], method, below.length > 0, empty);
}

/** A thing for whoever names one or changes it; the same answer serves who asks for the list. */
function answerAbout(full: object | undefined, method: string, one: boolean, empty: boolean): unknown {
  const shape = empty && full ? emptied(full) : full;
  if (one || (method !== "GET" && method !== "POST")) return { ...shape, ...listOf(shape, empty) };
  return method === "GET" ? listOf(shape, empty) : { ...shape, ...listOf(shape, empty) };
}

/** The same thing with nothing in it. */
const emptied = (shape: object): object =>
  Object.fromEntries(
    Object.entries(shape).map(([key, value]) => [
      key,
      Array.isArray(value) ? [] : value !== null && typeof value === "object" ? {} : value,
    ]),
  );

function listOf(shape: object | undefined, empty: boolean) {
  const items = empty || !shape ? [] : [shape];
  return { items, metadata: metadataOf(items.length) };
}

function metadataOf(total: number) {
  return { pagination: { total, size: 1000, offset: 0 }, filtered: null };
}
