import { sql } from "kysely";
import type { Json, JsonObject } from "../../api/resources.ts";
import type { Change, Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { config, providerContext, settings } from "../tables/server.ts";

export type ConfigRow = Row<typeof config>;

export const configRepository = (db: Db) => {
  const rows = rowsOf(db, config, { order: "name", scoped: false });
  return {
    insertMany: rows.insertMany,
    all: (): Promise<ConfigRow[]> => rows.find(sql<boolean>`1 = 1 order by config.scope, config.name`),
    ofScope: (scope: string): Promise<ConfigRow[]> =>
      rows.find(sql<boolean>`config.scope = ${scope} order by config.name`),
    /** The entries of this name, one for each scope that has it. */
    named: (name: string): Promise<ConfigRow[]> => rows.find(sql<boolean>`config.name = ${name} order by config.scope`),
    update: async (scope: string, name: string, change: Change<typeof config>) =>
      (await rows.update(sql<boolean>`config.scope = ${scope} and config.name = ${name}`, change)) > 0,
  };
};

const PROVIDER_CONTEXT_ID = "CONTEXT";

export const providerContextRepository = (db: Db) => {
  const rows = rowsOf(db, providerContext, { order: "id", scoped: false });
  return {
    async get(): Promise<{ name: string; context: JsonObject } | undefined> {
      const [row] = await rows.find(sql<boolean>`1 = 1`);
      return row && { name: row.name, context: row.context };
    },
    async set(name: string, context: JsonObject): Promise<void> {
      await rows.remove(sql<boolean>`1 = 1`);
      await rows.insert({ id: PROVIDER_CONTEXT_ID, name, context });
    },
  };
};

/** Small documents that the server keeps about itself, by name. */
export const settingRepository = (db: Db) => {
  const rows = rowsOf(db, settings, { order: "name", scoped: false });
  return {
    async get(name: string): Promise<Json | undefined> {
      const [row] = await rows.find(sql<boolean>`settings.name = ${name}`);
      return row?.value;
    },
    async set(name: string, value: Json): Promise<void> {
      await rows.remove(sql<boolean>`settings.name = ${name}`);
      await rows.insert({ name, value });
    },
  };
};
