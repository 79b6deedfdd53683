import type { JsonObject } from "../../api/resources.ts";
import { listBlueprints } from "../../services/blueprints/list.ts";
import { listDeployments } from "../../services/deployments/list.ts";
import type { FilteredResource } from "../../services/filters/filter-rules.ts";
import { evaluateInDeployment } from "../../services/functions/evaluate.ts";
import type { Identity } from "../../services/identity/identity.ts";
import { listNodeInstances, listNodes } from "../../services/nodes/list.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import { searchNarrowing } from "../../services/searches/narrowing.ts";
import {
  placeOf,
  searchCapabilities,
  searchNodeTypes,
  searchPlanNodes,
  searchScalingGroups,
} from "../../services/searches/search-nodes.ts";
import { listSecrets, secretsAskedBy, secretsFor } from "../../services/secrets/read.ts";
import { listWorkflows } from "../../services/workflows/list.ts";
import type { Routes } from "../context.ts";
import { bodyOf, objectOf, textOf } from "../http/request-body.ts";

/** Lists by filter rules or constraints, which come in the body; and values by functions. */
export const searchRoutes: Routes = (app, { database: { read }, vault }) => {
  const narrowing = (who: Identity, resource: FilteredResource, query: RawQuery, body: unknown) =>
    searchNarrowing(read, who, resource, query, bodyOf(body));

  const search = (
    path: string,
    answer: (who: Identity, query: RawQuery, body: Record<string, unknown>) => Promise<object>,
  ) => app.post(`/searches/${path}`, ({ identity, query, body }) => answer(identity, query as RawQuery, bodyOf(body)));

  search("blueprints", async (who, query, body) =>
    listBlueprints(read, who, query, await narrowing(who, "blueprints", query, body)),
  );
  search("deployments", async (who, query, body) =>
    listDeployments(read, who, query, await narrowing(who, "deployments", query, body)),
  );
  search("workflows", async (who, query, body) =>
    listWorkflows(read, who, query, await narrowing(who, "deployments", query, body)),
  );
  search("secrets", async (who, query, body) =>
    listSecrets(read, who, query, await narrowing(who, "secrets", query, body)),
  );
  search("nodes", async (who, { blueprint_id, ...query }, body) => {
    const found = await narrowing(who, "nodes", query, body);
    const place = placeOf({ ...query, blueprint_id }, found);
    if (place.blueprintId) return searchPlanNodes(read, who, query, found, place.blueprintId);
    return listNodes(read, who, { ...query, deployment_id: place.deploymentId }, secretsFor(who, vault), found);
  });
  search("node-instances", async (who, query, body) => {
    const found = await narrowing(who, "node_instances", query, body);
    const inDeployment = found.deploymentId ? { deployment_id: found.deploymentId } : {};
    return listNodeInstances(read, who, { ...query, ...inDeployment }, found);
  });
  search("node-types", (who, query, body) => searchNodeTypes(read, who, query, body as JsonObject));
  search("scaling-groups", (who, query, body) => searchScalingGroups(read, who, query, body as JsonObject));
  search("capabilities", (who, query, body) =>
    searchCapabilities(read, who, query, body as JsonObject, secretsFor(who, vault)),
  );

  app.post("/evaluate/functions", async ({ identity, body: json }) => {
    const body = bodyOf(json, ["deployment_id", "payload"]);
    const asked = {
      deploymentId: textOf(body, "deployment_id") ?? "",
      payload: objectOf(body, "payload") ?? {},
      context: objectOf(body, "context") ?? {},
    };
    const payload = await evaluateInDeployment(read, identity, asked, secretsAskedBy(identity, vault));
    return { deployment_id: asked.deploymentId, payload };
  });
};
