import {
  changeFilter,
  createFilter,
  deleteFilter,
  type Filtered,
  getFilter,
  listFilters,
} from "../../services/filters/stored-filters.ts";
import { listLabelKeys, listLabelValues } from "../../services/labels/list.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import { changeSite, createSite, deleteSite, getSite, listSites } from "../../services/sites/sites.ts";
import { requestedVisibility } from "../../services/visibility.ts";
import { listWorkflows } from "../../services/workflows/list.ts";
import type { Routes } from "../context.ts";
import { bodyOf, textOf } from "../http/request-body.ts";

type WithId = { Params: { id: string } };

/** What resources are found and grouped by: stored filters, labels, sites, workflows. */
export const selectionRoutes: Routes = (app, context) => {
  filterRoutes("blueprints")(app, context);
  filterRoutes("deployments")(app, context);
  labelRoutes(app, context);
  siteRoutes(app, context);
  app.get("/workflows", ({ identity, query }) => listWorkflows(context.database.read, identity, query as RawQuery));
};

const filterRoutes =
  (of: Filtered): Routes =>
  (app, { database }) => {
    const path = `/filters/${of}`;
    app.get(path, ({ identity, query }) => listFilters(database.read, identity, of, query as RawQuery));
    app.get<WithId>(`${path}/:id`, ({ identity, params, query }) =>
      getFilter(database.read, identity, of, params.id, query as RawQuery),
    );
    app.put<WithId>(`${path}/:id`, (request) => {
      const body = bodyOf(request.body, ["filter_rules"]);
      const asked = { rules: body.filter_rules, visibility: requestedVisibility(body) };
      return database.unitOfWork((tx) => createFilter(tx, request.identity, of, request.params.id, asked));
    });
    app.patch<WithId>(`${path}/:id`, (request) => {
      const body = bodyOf(request.body);
      const change = { rules: body["filter_rules"], visibility: body["visibility"] };
      return database.unitOfWork((tx) => changeFilter(tx, request.identity, of, request.params.id, change));
    });
    app.delete<WithId>(`${path}/:id`, async ({ identity, params }, reply) => {
      await database.unitOfWork((tx) => deleteFilter(tx, identity, of, params.id));
      return reply.code(204).send();
    });
  };

const labelRoutes: Routes = (app, { database }) => {
  for (const of of ["blueprints", "deployments"] as const) {
    app.get(`/labels/${of}`, ({ identity, query }) => listLabelKeys(database.read, identity, of, query as RawQuery));
    app.get<{ Params: { key: string } }>(`/labels/${of}/:key`, ({ identity, params, query }) =>
      listLabelValues(database.read, identity, of, params.key, query as RawQuery),
    );
  }
};

const siteRoutes: Routes = (app, { database }) => {
  app.get("/sites", ({ identity, query }) => listSites(database.read, identity, query as RawQuery));
  app.get<WithId>("/sites/:id", ({ identity, params, query }) =>
    getSite(database.read, identity, params.id, query as RawQuery),
  );
  app.put<WithId>("/sites/:id", ({ identity, params, body: json }) => {
    const body = bodyOf(json);
    const asked = { location: textOf(body, "location"), visibility: requestedVisibility(body) };
    return database.unitOfWork((tx) => createSite(tx, identity, params.id, asked));
  });
  app.post<WithId>("/sites/:id", ({ identity, params, body: json }) => {
    const body = bodyOf(json);
    const change = {
      location: textOf(body, "location"),
      newName: textOf(body, "new_name"),
      visibility: body["visibility"],
    };
    return database.unitOfWork((tx) => changeSite(tx, identity, params.id, change));
  });
  app.delete<WithId>("/sites/:id", async ({ identity, params }, reply) => {
    await database.unitOfWork((tx) => deleteSite(tx, identity, params.id));
    return reply.code(204).send();
  });
};
