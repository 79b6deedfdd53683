import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type ServerHome, serverHome } from "../lib/server-home.ts";
import {
  archiveDirectory,
  blueprintDirectory,
  deploymentDirectory,
  pluginEnvironmentDirectory,
} from "../services/files/layout.ts";

/** Where the worker finds and leaves files: the server's home, and a folder of its own in it. */
export class WorkerHome {
  readonly server: ServerHome;

  /** @param root the directory of everything cfy keeps */
  constructor(root: string) {
    this.server = serverHome(root);
  }

  archive(tenant: string, blueprintId: string): string {
    return archiveDirectory(this.server.files, tenant, blueprintId);
  }

  blueprint(tenant: string, id: string): string {
    return blueprintDirectory(this.server.files, tenant, id);
  }

  /** A deployment's own resources, which come before those of its blueprint; its processes start here. */
  deployment(tenant: string, id: string): string {
    return deploymentDirectory(this.server.files, tenant, id);
  }

  /** The virtual environment of an uploaded plugin. */
  plugin(id: string): string {
    return pluginEnvironmentDirectory(this.server.files, id);
  }

  /** Copies that operations make, until the deployment is deleted. */
  temporary(tenant: string, deploymentId: string): string {
    return join(this.#run, "deployments", tenant, deploymentId);
  }

  /** What a later worker must know of an execution's processes. */
  execution(id: string): string {
    return join(this.#run, "executions", id);
  }

  /** Copies of an execution's scripts. */
  scripts(executionId: string): string {
    return join(this.#run, "scripts", executionId);
  }

  commands(workerId: string): string {
    return join(this.#run, "workers", workerId);
  }

  /** Names of what lies below one of these: ids of executions, or process ids of workers. */
  leftOvers(kind: "executions" | "scripts" | "workers"): Promise<string[]> {
    return readdir(join(this.#run, kind)).catch(() => []);
  }

  get #run(): string {
    return join(this.server.directory, "run");
  }
}
