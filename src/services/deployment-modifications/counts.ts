import type { JsonObject } from "../../api/resources.ts";
import type { DeploymentRow, UnitOfWork } from "../../storage/index.ts";

interface Counts {
  current?: number;
  planned?: number;
}

/** Sets how many instances nodes and scaling groups have, and are to have. */
export async function setCounts(
  tx: UnitOfWork,
  deployment: DeploymentRow,
  counts: ReadonlyMap<string, Counts>,
): Promise<void> {
  const { tenant_name, id } = deployment;
  const groups = { ...deployment.scaling_groups } as Record<string, { properties: JsonObject } & JsonObject>;
  for (const [name, { current, planned }] of counts) {
    const group = groups[name];
    if (group) {
      groups[name] = {
        ...group,
        properties: {
          ...group.properties,
          ...(current === undefined ? {} : { current_instances: current }),
          ...(planned === undefined ? {} : { planned_instances: planned }),
        },
      };
    } else {
      await tx.nodes.update(tenant_name, id, name, {
        ...(current === undefined ? {} : { number_of_instances: current }),
        ...(planned === undefined ? {} : { planned_number_of_instances: planned }),
      });
    }
  }
  if ([...counts.keys()].some((name) => name in groups)) {
    await tx.deployments.update(tenant_name, id, { scaling_groups: groups });
  }
}
