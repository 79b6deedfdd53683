import type { ConfigEntry } from "../../api/manager.ts";
import type { Json, JsonObject } from "../../api/resources.ts";
import type { ConfigRow, Repositories, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { authorize, type Identity, isAdmin } from "../identity/identity.ts";
import { PERMISSIONS_OF_ROLE, SYSTEM_ROLES } from "../identity/permissions.ts";
import { grantedTo } from "../identity/role-permissions.ts";
import { violationOf } from "../json-schema.ts";
import { badParameters, Refusal } from "../refusal.ts";

/** With what each role may do, unless another scope than `authorization` is asked for. */
export async function listConfig(read: Repositories, who: Identity, scope: string | undefined) {
  authorize(who, "manager_config_get");
  const rows = scope ? await read.config.ofScope(scope) : await read.config.all();
  const items = rows.filter((row) => !row.admin_only || isAdmin(who)).map(configEntry);
  if (scope && scope !== "authorization") return { metadata: {}, items };
  return { metadata: {}, items, authorization: await authorization(read) };
}

/** @param name may name its scope, as in `workflow.task_retries` */
export async function getConfig(read: Repositories, who: Identity, name: string): Promise<ConfigEntry> {
  authorize(who, "manager_config_get");
  return configEntry(await entry(read, name));
}

/**
 * @throws conflict_error when it is not editable and not forced
 * @throws bad_parameters_error when the value does not fit the entry's schema
 */
export async function setConfig(
  tx: UnitOfWork,
  who: Identity,
  name: string,
  { value, force }: { value: Json; force: boolean },
): Promise<ConfigEntry> {
  authorize(who, "manager_config_put");
  const row = await entry(tx, name);
  if (row.admin_only && !isAdmin(who)) {
    throw new Refusal("forbidden_error", `Only an administrator may change ${row.scope}.${row.name}`);
  }
  if (!row.is_editable && !force) throw new Refusal("conflict_error", `${row.name} is not editable`);
  const converted = row.schema ? fitting(value, row.schema) : value;
  const violation = row.schema ? violationOf(row.schema, converted) : undefined;
  if (violation) throw badParameters(`Error validating ${row.name}: ${violation}`);
  await tx.config.update(row.scope, row.name, { value: converted, updated_at: tx.now(), updater_name: who.username });
  await recordChange(tx, who, "config", `${row.scope}.${row.name}`, "update");
  return configEntry(await entry(tx, `${row.scope}.${row.name}`));
}

async function entry(read: Repositories, name: string): Promise<ConfigRow> {
  const dot = name.indexOf(".");
  const [scope, key] = dot < 0 ? [undefined, name] : [name.slice(0, dot), name.slice(dot + 1)];
  const rows = (await read.config.named(key)).filter((row) => scope === undefined || row.scope === scope);
  const [row, ...more] = rows;
  if (!row) throw new Refusal("not_found_error", name);
  if (more.length > 0) {
    throw new Refusal("ambiguous_name", `${name} is set in several scopes: name one, as in ${row.scope}.${name}`);
  }
  return row;
}

/** Clients send what was typed: texts become the numbers and booleans that the schema wants. */
function fitting(value: Json, { type }: JsonObject): Json {
  if (typeof value !== "string") return value;
  if (
    (type === "integer" || type === "number" || type === "float") &&
    value.trim() !== "" &&
    !Number.isNaN(Number(value))
  ) {
    return Number(value);
  }
  if (type === "boolean" && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === "true";
  return value;
}

async function authorization(read: Repositories) {
  const names = Object.keys(PERMISSIONS_OF_ROLE);
  const permissions: Record<string, string[]> = {};
  for (const role of names) {
    for (const permission of await grantedTo(read, [role])) {
      permissions[permission] = [...(permissions[permission] ?? []), role];
    }
  }
  const roles = names.map((name, index) => ({
    id: index + 1,
    name,
    type: (SYSTEM_ROLES as readonly string[]).includes(name) ? "system_role" : "tenant_role",
    description: null,
  }));
  return { roles, permissions };
}

const configEntry = (row: ConfigRow): ConfigEntry => ({
  name: row.name,
  value: row.value,
  schema: row.schema,
  is_editable: row.is_editable,
  admin_only: row.admin_only,
  updated_at: row.updated_at,
  scope: row.scope,
  updater_name: row.updater_name,
});
