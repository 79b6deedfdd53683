import type { JsonObject } from "../../api/resources.ts";
import { findResource } from "../../services/files/find-resource.ts";
import type { ExecutionRow } from "../../storage/index.ts";
import type { Surroundings } from "./surroundings.ts";

/** What stands between the namespace of an import and the path that the imported file wrote. */
const DELIMITER = "--";

/**
 * Finds files of an execution's deployment or blueprint. A script of a file that was imported into a namespace is
 * called `NAMESPACE--path`; it lies in the blueprint that was imported so, or else in the own one.
 */
export function resourceFinder(
  { database, home }: Pick<Surroundings, "database" | "home">,
  execution: Pick<ExecutionRow, "tenant_name" | "deployment_id">,
  blueprintId: string,
): (path: string) => Promise<string> {
  const tenant = execution.tenant_name;
  const own = [home.deployment(tenant, execution.deployment_id ?? ""), home.blueprint(tenant, blueprintId)];
  return async (path) => {
    try {
      return await findResource(path, own);
    } catch (error) {
      const end = path.lastIndexOf(DELIMITER);
      if (end < 0) throw error;
      const blueprint = await database.read.blueprints.get(tenant, blueprintId, ["plan"]);
      const imported = (blueprint?.plan?.["namespaces_mapping"] ?? {}) as JsonObject;
      const id = imported[path.slice(0, end)];
      const places = typeof id === "string" ? [home.blueprint(tenant, id)] : own;
      return findResource(path.slice(end + DELIMITER.length), places);
    }
  };
}
