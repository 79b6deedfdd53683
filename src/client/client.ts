import type { Authentication } from "./authentication.ts";
import { httpTransport, type Timeouts } from "./http-transport.ts";
import { blueprints } from "./resources/blueprints.ts";
import { deployments } from "./resources/deployments.ts";
import { events } from "./resources/events.ts";
import { executions } from "./resources/executions.ts";
import { nodeInstances } from "./resources/node-instances.ts";
import { nodes } from "./resources/nodes.ts";
import { workflows } from "./resources/workflows.ts";
import { restOver } from "./rest.ts";
import type { Endpoint, Transport } from "./transport.ts";

export interface ClientOptions {
  endpoint: Endpoint;
  authentication: Authentication;
  /** Default: `default_tenant`. */
  tenant?: string;
  timeouts?: Timeouts;
  /** Replaces the network. */
  transport?: Transport;
}

/** A client of the REST API v3.1. Opens no connection before the first call. */
export function createClient(options: ClientOptions) {
  const transport = options.transport ?? httpTransport(options.endpoint, options.timeouts);
  const rest = restOver(transport, {
    authentication: options.authentication,
    tenant: options.tenant ?? "default_tenant",
  });
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

export type Client = ReturnType<typeof createClient>;
