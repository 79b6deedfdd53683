import type { Visibility } from "../api/statuses.ts";

/** The two forms in which the wire repeats a visibility. */
export const visibilityForms = (visibility: Visibility) => ({
  resource_availability: visibility,
  private_resource: visibility === "private",
});

/** Only the fields that were asked for. */
export function project<Resource extends object>(resource: Resource, include?: readonly string[]): Partial<Resource> {
  if (!include) return resource;
  return Object.fromEntries(Object.entries(resource).filter(([field]) => include.includes(field))) as Partial<Resource>;
}
