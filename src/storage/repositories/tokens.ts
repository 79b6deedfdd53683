import { sql } from "kysely";
import type { Change, Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { tokens } from "../tables/identity.ts";

export type TokenRow = Row<typeof tokens>;

export const tokenRepository = (db: Db) => {
  const rows = rowsOf(db, tokens, { order: "created_at", scoped: false });
  return {
    list: rows.list,
    insert: rows.insert,
    async get(id: string): Promise<TokenRow | undefined> {
      const [row] = await rows.find(sql<boolean>`tokens.id = ${id}`);
      return row;
    },
    update: async (id: string, change: Change<typeof tokens>) =>
      (await rows.update(sql<boolean>`tokens.id = ${id}`, change)) > 0,
    remove: async (id: string) => (await rows.remove(sql<boolean>`tokens.id = ${id}`)) > 0,
  };
};
