import { ACTIVE_STATUSES, WAITING_STATUSES } from "../../api/statuses.ts";
import type { Client } from "../../client/index.ts";
import type { LiveCompleter } from "./completer.ts";
import { declaredCandidates } from "./declared.ts";
import type { Candidate, Live } from "./propose.ts";

interface Source {
  path: string;
  /** The field that names a thing. */
  id: string;
  /** The field that tells what it is. */
  meaning?: string;
  query?: Record<string, string | string[]>;
  /** Only those whose field is this, where the server cannot be asked for them. */
  only?: readonly [field: string, value: unknown];
}

const MOST = 200;

const SCHEDULE: Source = { path: "execution-schedules", id: "id", meaning: "workflow_id" };

const LISTS: Readonly<Partial<Record<LiveCompleter, Source>>> = {
  deployment: { path: "deployments", id: "id", meaning: "blueprint_id" },
  blueprint: { path: "blueprints", id: "id", meaning: "state" },
  execution: { path: "executions", id: "id", meaning: "workflow_id" },
  "active-execution": {
    path: "executions",
    id: "id",
    meaning: "workflow_id",
    query: { status: [...ACTIVE_STATUSES, ...WAITING_STATUSES] },
  },
  "resumable-execution": {
    path: "executions",
    id: "id",
    meaning: "workflow_id",
    query: { status: ["failed", "cancelled"] },
  },
  node: { path: "nodes", id: "id", meaning: "type" },
  "node-instance": { path: "node-instances", id: "id", meaning: "state" },
  tenant: { path: "tenants", id: "name" },
  site: { path: "sites", id: "name" },
  plugin: { path: "plugins", id: "id", meaning: "package_name" },
  secret: { path: "secrets", id: "key" },
  user: { path: "users", id: "username" },
  "active-user": { path: "users", id: "username", only: ["active", true] },
  "inactive-user": { path: "users", id: "username", only: ["active", false] },
  "locked-user": { path: "users", id: "username", only: ["is_locked", true] },
  "user-group": { path: "user-groups", id: "name" },
  "secrets-provider": { path: "secrets-providers", id: "name", meaning: "type" },
  filter: { path: "filters/deployments", id: "id" },
  "blueprint-filter": { path: "filters/blueprints", id: "id" },
  "deployment-group": { path: "deployment-groups", id: "id", meaning: "description" },
  "deployment-schedule": SCHEDULE,
  "enabled-schedule": { ...SCHEDULE, only: ["enabled", true] },
  "disabled-schedule": { ...SCHEDULE, only: ["enabled", false] },
  "execution-group": { path: "execution-groups", id: "id", meaning: "workflow_id" },
  snapshot: { path: "snapshots", id: "id", meaning: "status" },
  "created-snapshot": { path: "snapshots", id: "id", meaning: "created_at", only: ["status", "created"] },
  "log-bundle": { path: "log-bundles", id: "id", meaning: "status" },
  token: { path: "tokens", id: "id", meaning: "description" },
  "plugin-name": { path: "plugins", id: "package_name" },
  "deployment-update": { path: "deployment-updates", id: "id", meaning: "deployment_id" },
  "deployment-modification": { path: "deployment-modifications", id: "id", meaning: "deployment_id" },
  manager: { path: "managers", id: "hostname" },
  broker: { path: "brokers", id: "name" },
  agent: { path: "agents", id: "id", meaning: "state" },
  permission: { path: "permissions", id: "permission" },
  "plugins-update": { path: "plugins-updates", id: "id", meaning: "state" },
};

/** The values that the server knows for a word, as far as the rest of the line narrows them. */
export async function liveCandidates(client: Client, live: Live, signal: AbortSignal): Promise<Candidate[]> {
  const { completer, known } = live;
  if (completer === "workflow-parameter" || completer === "blueprint-input") {
    return await declaredCandidates(client, live, signal);
  }
  // On the server of this machine -b names what init made of a blueprint: a deployment.
  const deployment = known.get("DEPLOYMENT_ID") ?? known.get("BLUEPRINT_ID");
  if (completer === "workflow") return await workflowsOf(client, deployment, signal);
  const source = LISTS[completer];
  if (!source) return [];
  const { path, id, meaning, query, only } = source;
  const narrowed = deployment && ofDeployment.has(completer) ? { deployment_id: deployment } : {};
  const { items } = await client.rest.page<Record<string, unknown>>(
    path,
    { _include: [id, meaning, only?.[0]].filter((field) => field !== undefined), _size: MOST, ...query, ...narrowed },
    { signal },
  );
  const fitting = only ? items.filter((item) => item[only[0]] === only[1]) : items;
  const meanings = new Map(fitting.map((item) => [String(item[id] ?? ""), meaning ? String(item[meaning] ?? "") : ""]));
  return [...meanings].map(([word, meaning]) => ({ word, meaning }));
}

const ofDeployment: ReadonlySet<LiveCompleter> = new Set([
  "execution",
  "active-execution",
  "resumable-execution",
  "node",
  "node-instance",
  "deployment-schedule",
  "enabled-schedule",
  "disabled-schedule",
]);

/** Those of the deployment on the line; while none stands there yet, those that any of the first deployments has. */
async function workflowsOf(client: Client, deployment: string | undefined, signal: AbortSignal): Promise<Candidate[]> {
  const include = { _include: ["workflows"] };
  const deployments = deployment
    ? [await client.deployments.get(deployment, include, { signal })]
    : (await client.deployments.page({ ...include, _get_data: true, _size: 20 }, { signal })).items;
  const names = new Set(deployments.flatMap(({ workflows }) => workflows.map(({ name }) => name)));
  return [...names].map((word) => ({ word, meaning: "" }));
}
