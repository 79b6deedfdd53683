import type { Json } from "../../api/resources.ts";
import { booleanOr } from "../../services/booleans.ts";
import {
  changeMembers,
  type DeploymentGroupRequest,
  deleteDeploymentGroup,
  putDeploymentGroup,
} from "../../services/deployment-groups/change.ts";
import { getDeploymentGroup, listDeploymentGroups } from "../../services/deployment-groups/list.ts";
import type { MemberSelection, NewMember } from "../../services/deployment-groups/members.ts";
import { parseLabels } from "../../services/labels/parse-labels.ts";
import { flag, type RawQuery } from "../../services/queries/list-query.ts";
import { badParameters } from "../../services/refusal.ts";
import { requestedVisibility } from "../../services/visibility.ts";
import type { Routes } from "../context.ts";
import { bodyOf, objectOf, textOf } from "../http/request-body.ts";

type WithId = { Params: { id: string } };
type Body = Record<string, Json | undefined>;

export const deploymentGroupRoutes: Routes = (app, { database }) => {
  app.get("/deployment-groups", ({ identity, query }) =>
    listDeploymentGroups(database.read, identity, query as RawQuery),
  );
  app.get<WithId>("/deployment-groups/:id", ({ identity, params, query }) =>
    getDeploymentGroup(database.read, identity, params.id, query as RawQuery),
  );
  app.put<WithId>("/deployment-groups/:id", ({ identity, params, body }) => {
    const group = groupIn(bodyOf(body));
    return database.unitOfWork((tx) => putDeploymentGroup(tx, identity, params.id, group));
  });
  app.patch<WithId>("/deployment-groups/:id", ({ identity, params, body: json }) => {
    const body = bodyOf(json);
    const [add, remove] = [objectOf(body, "add") ?? {}, objectOf(body, "remove") ?? {}];
    const change = { add: selectionIn(add), remove: selectionIn(remove), newMembers: newMembersIn(add) };
    return database.unitOfWork((tx) => changeMembers(tx, identity, params.id, change));
  });
  app.delete<WithId>("/deployment-groups/:id", async ({ identity, params, query: raw }, reply) => {
    const query = raw as RawQuery;
    const how = {
      force: flag(query, "force"),
      deleteLogs: flag(query, "delete_logs"),
      recursive: flag(query, "recursive"),
    };
    const deployments = flag(query, "delete_deployments") ? how : undefined;
    const group = await database.unitOfWork((tx) => deleteDeploymentGroup(tx, identity, params.id, { deployments }));
    return group === undefined ? reply.code(204).send() : { execution_group_id: group };
  });
};

function groupIn(body: Body): DeploymentGroupRequest {
  const [description, blueprintId] = [textOf(body, "description"), textOf(body, "blueprint_id")];
  const defaultInputs = objectOf(body, "default_inputs");
  return {
    ...(description === undefined ? {} : { description }),
    ...(blueprintId ? { blueprintId } : {}),
    ...(defaultInputs ? { defaultInputs } : {}),
    ...(body["labels"] ? { labels: parseLabels(body["labels"]) } : {}),
    visibility: requestedVisibility(body),
    members: selectionIn(body),
    newMembers: newMembersIn(body),
  };
}

function selectionIn(body: Body): MemberSelection {
  const ids = body["deployment_ids"] === null ? undefined : body["deployment_ids"];
  const [filterId, fromGroup] = [textOf(body, "filter_id"), textOf(body, "deployments_from_group")];
  return {
    ...(ids === undefined ? {} : { deploymentIds: listIn(body, "deployment_ids").map(String) }),
    filterRules: listIn(body, "filter_rules"),
    ...(filterId ? { filterId } : {}),
    ...(fromGroup ? { fromGroup } : {}),
  };
}

const newMembersIn = (body: Body): NewMember[] =>
  listIn(body, "new_deployments").map((item) => {
    const member = bodyOf(item);
    const [id, displayName, siteName] = ["id", "display_name", "site_name"].map((key) => textOf(member, key));
    return {
      inputs: objectOf(member, "inputs") ?? {},
      labels: parseLabels(member["labels"]),
      runtimeOnlyEvaluation: booleanOr(
        member["runtime_only_evaluation"] ?? undefined,
        "runtime_only_evaluation",
        false,
      ),
      ...(id ? { id } : {}),
      ...(displayName ? { displayName } : {}),
      ...(siteName ? { siteName } : {}),
    };
  });

function listIn(body: Body, key: string): Json[] {
  const value = body[key] ?? [];
  if (Array.isArray(value)) return value;
  throw badParameters(`${key} must be a list, got ${JSON.stringify(value)}`);
}
