import type { Database } from "../storage/index.ts";

/** Another worker has the executions of this one by now. */
class GivenUp extends Error {
  constructor() {
    super("This worker was given up meanwhile, and its executions are another's");
  }
}

/**
 * The database for a worker that may be given up without noticing, because it was stopped for a while: nothing that it
 * writes afterwards is stored. Each transaction looks whether the worker is still known.
 */
export const fenced = (database: Database, workerId: string): Database => ({
  ...database,
  unitOfWork: (work) =>
    database.unitOfWork(async (tx) => {
      if (!(await tx.leases.isKnown(workerId))) throw new GivenUp();
      return work(tx);
    }),
});
