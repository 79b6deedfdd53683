import type { Json } from "../../api/resources.ts";
import { booleanOr } from "../../services/booleans.ts";
import { initiatePluginsUpdate } from "../../services/plugins-updates/initiate.ts";
import { getPluginsUpdate, listPluginsUpdates } from "../../services/plugins-updates/list.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import { badParameters } from "../../services/refusal.ts";
import type { Routes } from "../context.ts";
import { bodyOf, objectOf } from "../http/request-body.ts";

type WithId = { Params: { id: string } };
type Body = Record<string, Json | undefined>;

export const pluginsUpdateRoutes: Routes = (app, { database }) => {
  app.get("/plugins-updates", ({ identity, query }) => listPluginsUpdates(database.read, identity, query as RawQuery));
  app.get<WithId>("/plugins-updates/:id", ({ identity, params, query }) =>
    getPluginsUpdate(database.read, identity, params.id, query as RawQuery),
  );
  app.post<WithId>("/plugins-updates/:id/update/initiate", ({ identity, params, body: json }) => {
    const body = bodyOf(json);
    const asked = {
      force: option(body, "force"),
      versions: {
        pluginNames: textsIn(body, "plugin_names"),
        toLatest: textsIn(body, "to_latest"),
        toMinor: textsIn(body, "to_minor"),
        allToLatest: option(body, "all_to_latest"),
        allToMinor: option(body, "all_to_minor"),
        mapping: objectOf(body, "mapping") ?? {},
      },
    };
    return database.unitOfWork((tx) => initiatePluginsUpdate(tx, identity, params.id, asked));
  });
  // Updates end by themselves; clients of older releases still ask for it.
  app.post<WithId>("/plugins-updates/:id/update/finalize", ({ identity, params }) =>
    getPluginsUpdate(database.read, identity, params.id, {}),
  );
};

const option = (body: Body, key: string): boolean => booleanOr(body[key] ?? undefined, key, false);

function textsIn(body: Body, key: string): string[] {
  const value = body[key] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw badParameters(`${key} must be a list of names, got ${JSON.stringify(value)}`);
}
