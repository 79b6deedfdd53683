import { join } from "node:path";
import { Readable } from "node:stream";
import { timestamp } from "../../lib/clock.ts";
import type { ServerHome } from "../../lib/server-home.ts";
import { SNAPSHOTS } from "../../services/archives/kinds.ts";
import { COPIED_TABLES, type FrozenTables, SCHEMA_VERSION, type StoredRow } from "../../storage/index.ts";
import type { Workflow } from "../execution/workflow.ts";
import { makeArchive } from "./make-archive.ts";
import { FILES, KEPT_FOLDERS, MANIFEST, type Manifest, SECRETS_KEY, tableMember } from "./snapshot-format.ts";
import { fileAt, filesBelow, type Member, textMember } from "./write-zip.ts";

/** All that the server has: its tables as they stand at one moment, and its files. */
export const createSnapshot: Workflow = (parts) => {
  const { execution, surroundings } = parts;
  const { include_credentials, include_events, include_logs } = execution.parameters;
  const manifest: Manifest = {
    format: 1,
    schema: SCHEMA_VERSION,
    created_at: timestamp(surroundings.clock.now()),
    includes: {
      credentials: include_credentials !== false,
      events: include_events !== false,
      logs: include_logs !== false,
    },
  };
  return surroundings.database.frozen((tables) =>
    makeArchive(parts, SNAPSHOTS, () => members(tables, surroundings.home.server, manifest)),
  );
};

async function* members(tables: FrozenTables, home: ServerHome, manifest: Manifest): AsyncGenerator<Member> {
  yield textMember(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
  for (const table of COPIED_TABLES) {
    yield { path: tableMember(table), mode: 0o600, content: Readable.from(lines(tables.rows(table), manifest)) };
  }
  if (manifest.includes.credentials) yield* fileAt(home.secretsKey, SECRETS_KEY);
  for (const folder of KEPT_FOLDERS) yield* filesBelow(join(home.files, folder), `${FILES}/${folder}`);
}

async function* lines(rows: AsyncIterable<StoredRow>, { includes }: Manifest): AsyncGenerator<string> {
  for await (const row of rows) {
    if (row["type"] === "cloudify_event" && !includes.events) continue;
    if (row["type"] === "cloudify_log" && !includes.logs) continue;
    yield `${JSON.stringify(row)}\n`;
  }
}
