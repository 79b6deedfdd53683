/** Full names of the operations that workflows call. */
const inInterface =
  (name: string) =>
  (operation: string): string =>
    `cloudify.interfaces.${name}.${operation}`;

export const lifecycle = inInterface("lifecycle");
export const relationshipLifecycle = inInterface("relationship_lifecycle");
export const validation = inInterface("validation");
export const monitoring = inInterface("monitoring");
export const host = inInterface("host");
export const cloudifyAgent = inInterface("cloudify_agent");
export const monitoringAgent = inInterface("monitoring_agent");
