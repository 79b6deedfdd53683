import { join } from "node:path";

/** Where the worker finds and leaves files: one layout with the server, below its home. */
export class WorkerHome {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  get database(): string {
    return join(this.root, "cfy.db");
  }

  blueprint(tenant: string, id: string): string {
    return join(this.root, "files", "blueprints", tenant, id);
  }

  /** A deployment's own resources, which come before those of its blueprint; its processes start here. */
  deployment(tenant: string, id: string): string {
    return join(this.root, "files", "deployments", tenant, id);
  }

  /** Copies that operations make, until the deployment is deleted. */
  temporary(tenant: string, deploymentId: string): string {
    return join(this.root, "run", "deployments", tenant, deploymentId);
  }

  /** What a later worker must know of an execution's processes. */
  execution(id: string): string {
    return join(this.root, "run", "executions", id);
  }

  commands(workerId: string): string {
    return join(this.root, "run", "workers", workerId, "bin");
  }
}
