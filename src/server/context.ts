import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Clock } from "../lib/clock.ts";
import type { Identity } from "../services/identity/identity.ts";
import type { Vault } from "../services/secrets/vault.ts";
import type { Database } from "../storage/index.ts";
import type { ServerLog } from "./log.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; set before a route runs. */
    identity: Identity;
  }
}

/** What routes and hooks reach the world through. */
export interface ServerContext {
  database: Database;
  clock: Clock;
  log: ServerLog;
  /** Folder of blueprints, plugins and work directories. */
  files: string;
  /** Seals and opens the values of secrets. */
  vault: Vault;
  /** Came over the socket that only its owner can open, so it needs no credentials. */
  isLocal(request: FastifyRequest): boolean;
  /** Aborted when the server is about to stop: held requests are answered then. */
  closing: AbortSignal;
  /** Milliseconds since the epoch: until then, a worker that is not there yet may still be starting. */
  workerBy?: number;
}

/** Adds the routes of one resource. */
export type Routes = (app: FastifyInstance, context: ServerContext) => void;
