import { systemClock } from "../lib/clock.ts";
import { type Authentication, identified } from "./authentication.ts";
import { type NetworkOptions, network } from "./network.ts";
import { readOnly } from "./read-only.ts";
import { ldap, permissions, tokens } from "./resources/access.ts";
import { logBundles, snapshots } from "./resources/archives.ts";
import { audit } from "./resources/audit.ts";
import { blueprints } from "./resources/blueprints.ts";
import { community } from "./resources/community.ts";
import {
  deploymentModifications,
  deploymentUpdates,
  interDeploymentDependencies,
} from "./resources/deployment-changes.ts";
import { deploymentGroups } from "./resources/deployment-groups.ts";
import { deployments } from "./resources/deployments.ts";
import { events } from "./resources/events.ts";
import { executionGroups } from "./resources/execution-groups.ts";
import { executionSchedules } from "./resources/execution-schedules.ts";
import { executions } from "./resources/executions.ts";
import { filters } from "./resources/filters.ts";
import { agents, config, license, maintenance, manager } from "./resources/manager.ts";
import { nodeInstances } from "./resources/node-instances.ts";
import { nodes } from "./resources/nodes.ts";
import { plugins, pluginsUpdates } from "./resources/plugins.ts";
import { secrets, secretsProviders } from "./resources/secrets.ts";
import { functions, labels, searches, summaries } from "./resources/selection.ts";
import { sites } from "./resources/sites.ts";
import { operations, taskGraphs } from "./resources/task-graphs.ts";
import { tenants } from "./resources/tenants.ts";
import { userGroups, users } from "./resources/users.ts";
import { workflows } from "./resources/workflows.ts";
import { restOver } from "./rest.ts";
import type { RetryPolicy } from "./retry.ts";
import { type Endpoint, endpointAt, type Transport } from "./transport.ts";

export interface ClientOptions extends NetworkOptions {
  /** One server, or the members of a cluster in the order in which to try them. As text: see `endpointAt`. */
  endpoint: string | Endpoint | readonly (string | Endpoint)[];
  authentication: Authentication;
  /** Default: `default_tenant`. */
  tenant?: string;
  retry?: Partial<RetryPolicy>;
  /** Refuses every request that would change something, with a ReadOnlyError; the text says what forbids it. */
  readOnly?: string;
}

/** A client of the REST API v3.1. Opens no connection before the first call. */
export function createClient(options: ClientOptions) {
  const { endpoint, authentication, tenant = "default_tenant", retry, readOnly: because, ...networkOptions } = options;
  const given: readonly (string | Endpoint)[] = isList(endpoint) ? endpoint : [endpoint];
  const endpoints = given.map((one) => (typeof one === "string" ? endpointAt(one) : one));
  const open = identified(network(endpoints, networkOptions), { authentication, tenant });
  const transport = because === undefined ? open : readOnly(open, because);
  // A cluster has its own second chances.
  return clientOver(transport, { ...(endpoints.length > 1 && { attempts: 1 }), ...retry });
}

const isList = (endpoint: ClientOptions["endpoint"]): endpoint is readonly (string | Endpoint)[] =>
  Array.isArray(endpoint);

/** The same words over any transport, which then has to say who asks. */
export function clientOver(transport: Transport, retry: Partial<RetryPolicy> = {}) {
  const rest = restOver(transport, { attempts: 3, pause: 250, clock: systemClock, random: Math.random, ...retry });
  return {
    /** The API's dialect itself, for what has no word of its own here. */
    rest,
    agents: agents(rest),
    audit: audit(rest),
    blueprintFilters: filters(rest, "blueprints"),
    blueprintLabels: labels(rest, "blueprints"),
    blueprints: blueprints(rest),
    community: community(rest),
    config: config(rest),
    deploymentFilters: filters(rest, "deployments"),
    deploymentGroups: deploymentGroups(rest),
    deploymentLabels: labels(rest, "deployments"),
    deploymentModifications: deploymentModifications(rest),
    deploymentUpdates: deploymentUpdates(rest),
    deployments: deployments(rest),
    events: events(rest),
    executionGroups: executionGroups(rest),
    executionSchedules: executionSchedules(rest),
    executions: executions(rest),
    functions: functions(rest),
    interDeploymentDependencies: interDeploymentDependencies(rest),
    ldap: ldap(rest),
    license: license(rest),
    logBundles: logBundles(rest),
    maintenance: maintenance(rest),
    manager: manager(rest),
    nodeInstances: nodeInstances(rest),
    nodes: nodes(rest),
    operations: operations(rest),
    permissions: permissions(rest),
    plugins: plugins(rest),
    pluginsUpdates: pluginsUpdates(rest),
    searches: searches(rest),
    secrets: secrets(rest),
    secretsProviders: secretsProviders(rest),
    sites: sites(rest),
    snapshots: snapshots(rest),
    summaries: summaries(rest),
    taskGraphs: taskGraphs(rest),
    tenants: tenants(rest),
    tokens: tokens(rest),
    userGroups: userGroups(rest),
    users: users(rest),
    workflows: workflows(rest),
    /** Ends idle connections. */
    close: () => transport.close(),
  };
}

export type Client = ReturnType<typeof clientOver>;
