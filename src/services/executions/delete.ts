import { isFinal } from "../../api/statuses.ts";
import type { ExecutionRow, UnitOfWork } from "../../storage/index.ts";
import { recordChanges } from "../audit/record.ts";
import { inAnotherTenant } from "../identity/authenticate.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import type { RawQuery } from "../queries/list-query.ts";
import { allRows } from "../queries/list-resources.ts";
import { badParameters } from "../refusal.ts";
import { EXECUTION_FIELDS } from "./view.ts";

export interface Deletion {
  /** Keep so many of the newest. */
  keepLast?: number;
  /** Delete those created before this time. */
  before?: string;
  /** Which executions, as a list of them is narrowed. */
  query: RawQuery;
}

/**
 * Deletes executions that have ended, with their events and graphs; how many there were. What created a deployment
 * that still exists is kept: the deployment tells by it that it is ready.
 */
export async function deleteExecutions(tx: UnitOfWork, who: Identity, deletion: Deletion): Promise<number> {
  authorize(who, "execution_delete");
  if (deletion.keepLast !== undefined && deletion.before !== undefined) {
    throw badParameters("Send either `keep_last` or `to_datetime`, not both");
  }
  if ("status" in deletion.query) {
    throw badParameters("Executions are not deleted by status: those that have ended are, and no others");
  }
  const rows = await allRows(who, deletion.query, {
    fields: EXECUTION_FIELDS,
    computed: ["status_display", "private_resource"],
    rows: (request) => tx.executions.list({ ...request, fields: DECIDING_FIELDS }),
  });
  const ids = deletable(await ownOf(tx, who, rows), deletion);
  await tx.executions.remove(ids);
  await recordChanges(tx, who, "executions", ids, "delete");
  return ids.length;
}

/** What tells whether one is deleted: the rest is not read, since there may be many. */
const DECIDING_FIELDS = ["id", "tenant_name", "status", "workflow_id", "deployment_id", "created_at"] as const;

type Candidate = Pick<ExecutionRow, (typeof DECIDING_FIELDS)[number]>;

/** Those of tenants in which the caller may delete executions, too: to see them takes less. */
async function ownOf(tx: UnitOfWork, who: Identity, rows: readonly Candidate[]): Promise<Candidate[]> {
  const allowed = new Map<string, boolean>();
  for (const tenant of new Set(rows.map(({ tenant_name }) => tenant_name))) {
    const { permissions } = await inAnotherTenant(tx, who, tenant);
    allowed.set(tenant, permissions.has("execution_delete"));
  }
  return rows.filter(({ tenant_name }) => allowed.get(tenant_name));
}

/** `executions` come oldest first. */
function deletable(
  executions: readonly Candidate[],
  { keepLast, before }: Pick<Deletion, "keepLast" | "before">,
): string[] {
  const ended = executions.filter(
    ({ status, workflow_id, deployment_id }) =>
      isFinal(status) && !(workflow_id === "create_deployment_environment" && deployment_id !== null),
  );
  const old = before === undefined ? ended : ended.filter(({ created_at }) => created_at < before);
  return old.slice(0, keepLast === undefined ? old.length : Math.max(0, old.length - keepLast)).map(({ id }) => id);
}
