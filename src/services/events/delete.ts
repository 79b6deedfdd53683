import type { UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { type RawQuery, values } from "../queries/list-query.ts";
import { badParameters } from "../refusal.ts";
import { parseEventQuery } from "./query.ts";

/**
 * Deletes a deployment's events, and its logs too when both types are named.
 * @returns how many
 * @throws bad_parameters_error, not_found_error, forbidden_error
 */
export async function deleteEvents(tx: UnitOfWork, who: Identity, raw: RawQuery): Promise<number> {
  authorize(who, "event_delete");
  const { store_before: _, ...rest } = raw;
  if (!values(rest["type"]).includes("cloudify_event"))
    throw badParameters("`type` filter must include cloudify_event");
  const [deployment] = values(rest["deployment_id"]);
  if (deployment === undefined) throw badParameters("`deployment_id` filter is missing");
  await visibleDeployment(tx, who, deployment);
  const removed = await tx.events.remove(parseEventQuery(who, rest));
  await recordChange(tx, who, "events", deployment, "delete");
  return removed;
}
