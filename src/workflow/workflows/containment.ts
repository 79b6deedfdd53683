import type { InstanceView } from "../deployment-view.ts";
import type { DeploymentIndex } from "../lifecycle/deployment-index.ts";

const CONTAINED_IN = "cloudify.relationships.contained_in";

/** The instance's host, or the instance itself when it is on none. */
export function hostOf(index: DeploymentIndex, instance: InstanceView): InstanceView {
  return (instance.hostId ? index.instance(instance.hostId) : undefined) ?? instance;
}

/** The instance with all that is contained in it, however deep. */
export function containedIn(index: DeploymentIndex, container: InstanceView): InstanceView[] {
  const children = new Map<string, InstanceView[]>();
  for (const instance of index.view.instances) {
    for (const { target, view } of index.relationshipsOf(instance)) {
      if (view.typeHierarchy.includes(CONTAINED_IN))
        children.set(target.id, [...(children.get(target.id) ?? []), instance]);
    }
  }
  const found = new Set([container]);
  for (const instance of found) for (const child of children.get(instance.id) ?? []) found.add(child);
  return [...found];
}
