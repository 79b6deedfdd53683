import type { RawQuery } from "../../services/queries/list-query.ts";
import { summarize } from "../../services/summary/summarize.ts";
import type { Routes } from "../context.ts";

export const summaryRoutes: Routes = (app, { database }) => {
  app.get<{ Params: { kind: string } }>("/summary/:kind", (request) =>
    summarize(database.read, request.identity, request.params.kind, request.query as RawQuery),
  );
};
