import { systemClock } from "../lib/clock.ts";
import { type Authentication, identified } from "./authentication.ts";
import { type NetworkOptions, network } from "./network.ts";
import { blueprints } from "./resources/blueprints.ts";
import { deployments } from "./resources/deployments.ts";
import { events } from "./resources/events.ts";
import { executions } from "./resources/executions.ts";
import { nodeInstances } from "./resources/node-instances.ts";
import { nodes } from "./resources/nodes.ts";
import { workflows } from "./resources/workflows.ts";
import { restOver } from "./rest.ts";
import type { RetryPolicy } from "./retry.ts";
import type { Endpoint, Transport } from "./transport.ts";

export interface ClientOptions extends NetworkOptions {
  /** One server, or the members of a cluster in the order in which to try them. */
  endpoint: Endpoint | readonly Endpoint[];
  authentication: Authentication;
  /** Default: `default_tenant`. */
  tenant?: string;
  retry?: Partial<RetryPolicy>;
}

/** A client of the REST API v3.1. Opens no connection before the first call. */
export function createClient(options: ClientOptions) {
  const { endpoint, authentication, tenant = "default_tenant", retry, ...networkOptions } = options;
  const endpoints = Array.isArray(endpoint) ? (endpoint as readonly Endpoint[]) : [endpoint as Endpoint];
  const transport = identified(network(endpoints, networkOptions), { authentication, tenant });
  // A cluster has its own second chances.
  return clientOver(transport, { ...(endpoints.length > 1 && { attempts: 1 }), ...retry });
}

/** The same words over any transport, which then has to say who asks. */
export function clientOver(transport: Transport, retry: Partial<RetryPolicy> = {}) {
  const rest = restOver(transport, { attempts: 3, pause: 250, clock: systemClock, random: Math.random, ...retry });
  return {
    /** The API's dialect itself, for what has no word of its own here. */
    rest,
    blueprints: blueprints(rest),
    deployments: deployments(rest),
    events: events(rest),
    executions: executions(rest),
    nodeInstances: nodeInstances(rest),
    nodes: nodes(rest),
    workflows: workflows(rest),
    /** Ends idle connections. */
    close: () => transport.close(),
  };
}

export type Client = ReturnType<typeof clientOver>;
