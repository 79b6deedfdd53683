import type { Json } from "../../api/resources.ts";
import type { Secret } from "../../api/secrets.ts";
import type { SecretRow } from "../../storage/index.ts";
import { type Identity, isAdmin } from "../identity/identity.ts";
import { visibilityForms } from "../views.ts";

/** What lists show: never a value. */
export const SECRET_LIST_FIELDS = [
  "key",
  "created_at",
  "updated_at",
  "resource_availability",
  "visibility",
  "tenant_name",
  "created_by",
  "is_hidden_value",
  "provider_name",
] as const satisfies (keyof Secret)[];

/** `value` is sealed, or opened for those who may read it. */
export const secretView = (row: SecretRow, value: Json): Secret => ({
  created_at: row.created_at,
  visibility: row.visibility,
  value,
  updated_at: row.updated_at ?? row.created_at,
  is_hidden_value: row.is_hidden_value,
  schema: row.schema,
  provider_options: row.provider_options,
  key: row.key,
  provider_name: row.provider_name,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
});

export const isVisibleTo = (who: Identity, { visibility, created_by }: SecretRow): boolean =>
  visibility !== "private" || created_by === who.username || isAdmin(who);

/** A hidden value is for its creator and for administrators of its tenant. */
export const mayReadValue = (who: Identity, { is_hidden_value, created_by, tenant_name }: SecretRow): boolean =>
  !is_hidden_value ||
  created_by === who.username ||
  isAdmin(who) ||
  (tenant_name === who.tenant && who.permissions.has("administrators"));
