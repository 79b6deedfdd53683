import type { Database, UnitOfWork } from "../../storage/index.ts";
import type { OperationHost, OperationJob, StoredProperties } from "../operations/job.ts";
import { applyChange, overtakenKeys, PropertiesOvertaken } from "../operations/properties-change.ts";
import type { EventRows } from "./event-rows.ts";
import type { Journal } from "./journal.ts";

interface HostParts {
  database: Database;
  journal: Journal;
  rows: EventRows;
  /** Path of a file of the deployment or its blueprint. @throws ResourceNotFound */
  findResource(path: string): Promise<string>;
  restAccess: OperationHost["restAccess"];
}

/** Lets one operation write its log and its runtime properties, and read its resources. */
export function operationHost(
  job: OperationJob,
  { database, journal, rows, findResource, restAccess }: HostParts,
): OperationHost {
  const fields = { ...rows.subjectOf(job), logger: `ctx.${job.taskId}` };
  return {
    log: (level, message) => journal.remark(rows.log(level, message, fields)),
    event: (message) => journal.remark(rows.event("plugin_event", message, { ...fields, logger: null })),
    async saveRuntimeProperties(id, change) {
      const stored: StoredProperties = { runtimeProperties: {}, version: 0 };
      let overtaken: string[] = [];
      const save = async (tx: UnitOfWork) => {
        const row = await tx.nodeInstances.get(job.tenant, id);
        if (row === undefined) throw new Error(`Node instance ${id} does not exist any more`);
        overtaken = overtakenKeys({ runtimeProperties: row.runtime_properties, version: row.version }, change);
        if (overtaken.length > 0) return;
        stored.runtimeProperties = applyChange(row.runtime_properties, change);
        stored.version = row.version + 1;
        await tx.nodeInstances.update(job.tenant, id, "any", { runtime_properties: stored.runtimeProperties });
      };
      await journal.write([{ kind: "work", run: save }]);
      if (overtaken.length > 0) throw new PropertiesOvertaken(id, overtaken);
      return stored;
    },
    readRuntimeProperties: async (id) => {
      const row = await database.read.nodeInstances.get(job.tenant, id);
      if (row === undefined) throw new Error(`Node instance ${id} does not exist any more`);
      return { runtimeProperties: row.runtime_properties, version: row.version };
    },
    restAccess,
    findResource,
  };
}
