import type { Json, JsonObject } from "../../api/resources.ts";
import { booleanOr } from "../../services/booleans.ts";
import {
  createDependencies,
  createDependency,
  deleteDependency,
  type NewDependency,
  replaceDependencies,
} from "../../services/inter-deployment-dependencies/change.ts";
import { listDependencies } from "../../services/inter-deployment-dependencies/list.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import { badParameters } from "../../services/refusal.ts";
import type { Routes } from "../context.ts";
import { bodyOf, nameOf, objectOf, textOf } from "../http/request-body.ts";

type Body = Record<string, Json | undefined>;

const PATH = "/deployments/inter-deployment-dependencies";

export const interDeploymentDependencyRoutes: Routes = (app, { database }) => {
  app.get(PATH, ({ identity, query }) => listDependencies(database.read, identity, query as RawQuery));
  app.put(PATH, ({ identity, body: json }) => {
    const body = bodyOf(json, ["dependency_creator", "source_deployment"]);
    const [source, dependency] = [nameOf(body, "source_deployment"), dependencyIn(body)];
    return database.unitOfWork((tx) => createDependency(tx, identity, source, dependency));
  });
  app.post(PATH, async ({ identity, body: json }) => {
    const body = bodyOf(json, ["source_deployment_id", "inter_deployment_dependencies"]);
    const [source, dependencies] = [nameOf(body, "source_deployment_id"), dependenciesIn(body)];
    return listOf(await database.unitOfWork((tx) => createDependencies(tx, identity, source, dependencies)));
  });
  app.delete(PATH, async ({ identity, body: json }, reply) => {
    const body = bodyOf(json, ["dependency_creator", "source_deployment", "is_component_deletion"]);
    const meant = {
      ...dependencyIn(body),
      isComponentDeletion: booleanOr(body["is_component_deletion"], "is_component_deletion", false),
    };
    const source = nameOf(body, "source_deployment");
    await database.unitOfWork((tx) => deleteDependency(tx, identity, source, meant));
    return reply.code(204).send();
  });
  app.put<{ Params: { id: string } }>(
    "/deployments/:id/inter-deployment-dependencies",
    async ({ identity, params, body }) => {
      const dependencies = dependenciesIn(bodyOf(body, ["inter_deployment_dependencies"]));
      return listOf(await database.unitOfWork((tx) => replaceDependencies(tx, identity, params.id, dependencies)));
    },
  );
};

function dependencyIn(body: Body): NewDependency {
  const [id, target] = [textOf(body, "id"), textOf(body, "target_deployment")];
  const [targetFunction, externalSource, externalTarget] = [
    filledObject(body, "target_deployment_func"),
    filledObject(body, "external_source"),
    filledObject(body, "external_target"),
  ];
  return {
    creator: nameOf(bodyOf(body, ["dependency_creator"]), "dependency_creator"),
    ...(id ? { id } : {}),
    ...(target ? { target } : {}),
    ...(targetFunction ? { targetFunction } : {}),
    ...(externalSource ? { externalSource } : {}),
    ...(externalTarget ? { externalTarget } : {}),
  };
}

/** An empty object says no more than none. */
function filledObject(body: Body, key: string): JsonObject | undefined {
  const object = objectOf(body, key);
  return object && Object.keys(object).length > 0 ? object : undefined;
}

function dependenciesIn({ inter_deployment_dependencies: list }: Body): NewDependency[] {
  if (Array.isArray(list)) return list.map((item) => dependencyIn(bodyOf(item)));
  throw badParameters(`inter_deployment_dependencies must be a list, got ${JSON.stringify(list)}`);
}

const listOf = (ids: readonly string[]) => ({
  items: ids.map((id) => ({ id })),
  metadata: { pagination: { total: ids.length, size: ids.length, offset: 0 } },
});
