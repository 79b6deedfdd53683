import type { CopiedTable } from "../../storage/index.ts";

/** What a snapshot's archive says of itself. */
export interface Manifest {
  /** Of the archive's layout. */
  format: 1;
  /** Of the tables: rows fit only the same one. */
  schema: number;
  created_at: string;
  includes: { credentials: boolean; events: boolean; logs: boolean };
}

/** What is in the archive cannot be restored here; the message says why. */
export class UnusableSnapshot extends Error {
  override name = "UnusableSnapshot";
}

export const MANIFEST = "snapshot.json";
/** What the values of secrets are sealed with. */
export const SECRETS_KEY = "secrets.key";
/** One row to a line. */
export const tableMember = (table: CopiedTable): string => `tables/${table}.jsonl`;
/** Of the server's files: what is kept of them. */
export const KEPT_FOLDERS = ["blueprints", "uploaded-blueprints", "deployments", "plugins"] as const;
export const FILES = "files";
