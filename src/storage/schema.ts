import type { ColumnType } from "kysely";
import type { Column, Table } from "./column.ts";
import * as archives from "./tables/archives.ts";
import * as blueprints from "./tables/blueprints.ts";
import * as deployments from "./tables/deployments.ts";
import * as executions from "./tables/executions.ts";
import * as identity from "./tables/identity.ts";
import * as labels from "./tables/labels.ts";
import * as nodes from "./tables/nodes.ts";
import * as server from "./tables/server.ts";
import * as tenantResources from "./tables/tenant-resources.ts";

/** Every table, by the name that the program gives it. */
export const tables = {
  ...archives,
  ...blueprints,
  ...deployments,
  ...executions,
  ...identity,
  ...labels,
  ...nodes,
  ...server,
  ...tenantResources,
};

type Tables = typeof tables;

type StoredColumn<C> =
  C extends Column<infer _Value, infer Stored, infer Use>
    ? Use extends "given"
      ? Stored
      : Use extends "optional"
        ? ColumnType<Stored, Stored | undefined, Stored>
        : ColumnType<Stored, never, never>
    : never;

/** The tables as kysely sees them: stored values, under the names of the database, without derived columns. */
export type Schema = {
  [K in keyof Tables as Tables[K]["name"]]: Tables[K] extends Table<string, infer Cols>
    ? { [C in keyof Cols as Cols[C] extends { use: "derived" } ? never : C]: StoredColumn<Cols[C]> }
    : never;
};
