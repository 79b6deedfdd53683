import { sql } from "kysely";
import type { NewRow, Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { pluginInstallations, plugins, pluginUpdates } from "../tables/tenant-resources.ts";
import { tenantRows } from "../tenant-rows.ts";

export type PluginRow = Row<typeof plugins>;
export type PluginInstallationRow = Row<typeof pluginInstallations>;
export type PluginUpdateRow = Row<typeof pluginUpdates>;

export const pluginRepository = (db: Db) => {
  const installations = rowsOf(db, pluginInstallations, { order: "place_name", scoped: false });
  const rows = rowsOf(db, plugins, { order: "uploaded_at" });
  return {
    ...tenantRows(db, plugins, { order: "uploaded_at" }),
    /** The plugin of that id, whoever owns it. */
    withId: async (id: string): Promise<PluginRow | undefined> => (await rows.find(sql<boolean>`id = ${id}`))[0],
    /** What somebody asked to be installed by a worker, and what a dead worker had begun. */
    pendingInstallations: (): Promise<PluginInstallationRow[]> =>
      installations.find(sql<boolean>`place = 'manager' and state in ('pending-install', 'installing')`),
    /** How far the installation of these plugins is, wherever they are to be. */
    installations: async (pluginIds: readonly string[]): Promise<PluginInstallationRow[]> =>
      pluginIds.length === 0 ? [] : installations.find(sql<boolean>`plugin_id in (${sql.join([...pluginIds])})`),
    async setInstallation(installation: NewRow<typeof pluginInstallations>): Promise<void> {
      const { plugin_id, place, place_name } = installation;
      await installations.remove(
        sql<boolean>`plugin_id = ${plugin_id} and place = ${place} and place_name = ${place_name}`,
      );
      await installations.insert(installation);
    },
  };
};

export const pluginUpdateRepository = (db: Db) => tenantRows(db, pluginUpdates, { order: "created_at" });
