import { getModification, listModifications } from "../../services/deployment-modifications/list.ts";
import { endModification, requestModification } from "../../services/deployment-modifications/requests.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import type { Routes } from "../context.ts";
import { bodyOf, objectOf, textOf } from "../http/request-body.ts";

type WithId = { Params: { id: string } };

export const deploymentModificationRoutes: Routes = (app, { database }) => {
  app.get("/deployment-modifications", (request) =>
    listModifications(database.read, request.identity, request.query as RawQuery),
  );
  app.get<WithId>("/deployment-modifications/:id", (request) =>
    getModification(database.read, request.identity, request.params.id, request.query as RawQuery),
  );
  app.post("/deployment-modifications", async (request, reply) => {
    const body = bodyOf(request.body, ["deployment_id"]);
    const asked = {
      deploymentId: textOf(body, "deployment_id") ?? "",
      nodes: objectOf(body, "nodes") ?? {},
      context: objectOf(body, "context") ?? {},
    };
    reply.code(201);
    return database.unitOfWork((tx) => requestModification(tx, request.identity, asked));
  });
  for (const how of ["finish", "rollback"] as const) {
    app.post<WithId>(`/deployment-modifications/:id/${how}`, ({ identity, params }) =>
      database.unitOfWork((tx) => endModification(tx, identity, params.id, how)),
    );
  }
};
