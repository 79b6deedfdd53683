import type { Visibility } from "../../api/statuses.ts";
import { oneOf, sequence, text } from "../column.ts";

/** What every row of a tenant carries, whatever names it. */
export const owned = {
  storage_id: sequence,
  tenant_name: text,
  visibility: oneOf<Visibility>(),
  created_by: text,
};

/** A resource of a tenant that is known by its id. */
export const resource = { ...owned, id: text, created_at: text };
