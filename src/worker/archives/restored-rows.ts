import { existsSync } from "node:fs";
import { isActive, isWaiting } from "../../api/statuses.ts";
import { timestamp } from "../../lib/clock.ts";
import { thisPlace } from "../../services/plugins/installation.ts";
import { openVault } from "../../services/secrets/vault.ts";
import type { CopiedTable, StoredRow } from "../../storage/index.ts";
import { UnusableSnapshot } from "./snapshot-format.ts";

/** The row as it is to be stored here; undefined for one that is left out. */
export type RestoredRow = (row: StoredRow) => Promise<StoredRow | undefined>;

interface Restoration {
  now: number;
  /** Of the server that the snapshot was made of; it may be missing. */
  oldKey: string;
  ownKey: string;
  /** It is there already. */
  keptTenant: string;
}

const asItIs: RestoredRow = async (row) => row;

/** What rows of some tables become on another server, at another time. */
export function restoredRows(restoration: Restoration): (table: CopiedTable) => RestoredRow {
  const { keptTenant, now } = restoration;
  const byTable: Partial<Record<CopiedTable, RestoredRow>> = {
    tenants: async (row) => (row["name"] === keptTenant ? undefined : row),
    executions: async (row) => interrupted(row, now),
    secrets: resealed(restoration),
    plugin_installations: toBeInstalled(),
  };
  return (table) => byTable[table] ?? asItIs;
}

/** Nobody runs any more what ran or waited when the snapshot was made. */
function interrupted(row: StoredRow, now: number): StoredRow {
  const status = String(row["status"]);
  if (!isActive(status) && !isWaiting(status)) return row;
  // The one that made it had all but ended: its work is here.
  if (row["workflow_id"] === "create_snapshot") return { ...row, status: "terminated", ended_at: timestamp(now) };
  return {
    ...row,
    status: "failed",
    error: `It was ${status} when the snapshot was made that was restored`,
    ended_at: timestamp(now),
    token_hash: null,
  };
}

/** Values are sealed with the key of the server they are on. */
function resealed({ oldKey, ownKey }: Restoration): RestoredRow {
  const own = openVault(ownKey);
  const old = existsSync(oldKey) ? openVault(oldKey) : own;
  return async (row) => {
    const { sealed_value: sealed, tenant_name, key } = row;
    if (sealed === null || sealed === undefined) return row;
    const place = { tenant_name: String(tenant_name), key: String(key) };
    const value = await old.open(String(sealed), place).catch(() => {
      throw new UnusableSnapshot(
        `The secret ${place.key} of ${place.tenant_name} cannot be opened here: the snapshot is of another server and was made without credentials`,
      );
    });
    return { ...row, sealed_value: await own.seal(value, place) };
  };
}

/** Plugins are installed anew, here, once each. */
function toBeInstalled(): RestoredRow {
  const seen = new Set<unknown>();
  return async (row) => {
    if (row["place"] !== "manager" || seen.has(row["plugin_id"])) return undefined;
    seen.add(row["plugin_id"]);
    return { ...row, place_name: thisPlace().name, state: "pending-install", error: null };
  };
}
