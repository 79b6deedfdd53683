import type { DeploymentPlan } from "../../dsl/index.ts";
import type { DeploymentRow, Repositories } from "../../storage/index.ts";
import { Refusal } from "../refusal.ts";
import { parentsOf } from "./family.ts";

/** A capability's name and the keys below it. */
type Required = readonly unknown[];

/**
 * A blueprint may require capabilities of the environment that it is deployed into.
 * @throws deployment_creation_error naming those that are missing
 */
export async function refuseWithoutCapabilities(
  read: Repositories,
  { tenant_name: tenant, id }: Pick<DeploymentRow, "tenant_name" | "id">,
  { requirements }: Pick<DeploymentPlan, "requirements">,
): Promise<void> {
  const required: Required[] = requirements?.parent_capabilities ?? [];
  if (required.length === 0) return;
  const [parentId] = (await parentsOf(read, tenant, [id])).get(id) ?? [];
  const parent = parentId === undefined ? undefined : await read.deployments.get(tenant, parentId);
  if (!parent) {
    throw new Refusal(
      "deployment_creation_error",
      `Environment not found, but environment capabilities are required: ${listed(required)}`,
    );
  }
  const missing = required.filter((path) => !isOffered(parent.capabilities ?? {}, path));
  if (missing.length === 0) return;
  throw new Refusal(
    "deployment_creation_error",
    `Environment ${parent.id} does not have the required capabilities: ${listed(missing)}`,
  );
}

function isOffered(capabilities: object, [name, ...keys]: Required): boolean {
  let value: unknown = valueAt(valueAt(capabilities, name), "value");
  for (const key of keys) value = valueAt(value, key);
  return value !== undefined;
}

const valueAt = (container: unknown, key: unknown): unknown =>
  typeof container === "object" && container !== null && Object.hasOwn(container, String(key))
    ? (container as Record<string, unknown>)[String(key)]
    : undefined;

const listed = (required: readonly Required[]): string => required.map((path) => path.join(".")).join(", ");
