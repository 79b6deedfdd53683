import type { ExportedSecret } from "../../api/secrets.ts";
import { VISIBILITIES, type Visibility } from "../../api/statuses.ts";
import type { Repositories, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { booleanOr } from "../booleans.ts";
import { validateIdentifier } from "../identifiers.ts";
import { inAnotherTenant } from "../identity/authenticate.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { flag, last, parseInclude, type RawQuery } from "../queries/list-query.ts";
import { allRows } from "../queries/list-resources.ts";
import { badParameters } from "../refusal.ts";
import { project } from "../views.ts";
import { textOf } from "./change.ts";
import { passphraseOpener, passphraseSealer } from "./passphrase.ts";
import { openedText } from "./read.ts";
import type { Vault } from "./vault.ts";
import { isVisibleTo, mayReadValue, SECRET_LIST_FIELDS } from "./view.ts";

const EXPORT_FIELDS = [
  "key",
  "value",
  "visibility",
  "tenant_name",
  "is_hidden_value",
  "encrypted",
  "provider",
  "provider_options",
] as const satisfies (keyof ExportedSecret)[];
const METADATA_FIELDS = ["creator", "created_at", "updated_at"];

/** All secrets whose values the caller may read: in the clear, or encrypted with a passphrase. */
export async function exportSecrets(read: Repositories, who: Identity, vault: Vault, query: RawQuery) {
  authorize(who, "secret_export");
  const { _passphrase, _include_metadata, _include, ...filters } = query;
  const withMetadata = flag(query, "_include_metadata");
  const include = parseInclude(_include, withMetadata ? [...EXPORT_FIELDS, ...METADATA_FIELDS] : EXPORT_FIELDS);
  const passphrase = last(_passphrase);
  const seal = passphrase ? await passphraseSealer(passphrase) : undefined;
  const rows = await allRows(who, filters, { fields: SECRET_LIST_FIELDS, searchIn: ["key"], rows: read.secrets.list });
  const exported: object[] = [];
  for (const row of rows) {
    // What a role allows in one tenant says nothing of another; global secrets are read from everywhere.
    const there = await inAnotherTenant(read, who, row.tenant_name);
    const isShared = row.visibility === "global" || there.permissions.has("secret_export");
    if (!isShared || !mayReadValue(there, row)) continue;
    const text = await openedText(vault, row);
    const secret: ExportedSecret = {
      key: row.key,
      value: seal ? seal(text) : text,
      visibility: row.visibility,
      tenant_name: row.tenant_name,
      is_hidden_value: row.is_hidden_value,
      encrypted: seal !== undefined,
      provider: row.provider_name,
      provider_options: row.provider_options,
    };
    const metadata = { creator: row.created_by, created_at: row.created_at, updated_at: row.updated_at };
    exported.push(project({ ...secret, ...(withMetadata ? metadata : {}) }, include));
  }
  return exported;
}

export interface Import {
  secrets: readonly unknown[];
  overrideCollisions: boolean;
  /** Names of tenants as they were exported, to the names that they have here. */
  tenantMap: Readonly<Record<string, unknown>>;
  passphrase?: string;
}

interface Importable {
  key: string;
  text: string;
  visibility: Visibility;
  tenant: string;
  isHidden: boolean;
}

type Checked = { secret: Importable } | { errors: Record<string, unknown> };

/** Reads what was exported; done before the transaction, since it takes time. */
export async function readImport(who: Identity, { secrets, tenantMap, passphrase }: Import): Promise<Checked[]> {
  authorize(who, "secret_import");
  const open = passphrase ? passphraseOpener(passphrase) : undefined;
  return Promise.all(secrets.map((secret) => checked(secret, tenantMap, open)));
}

async function checked(
  given: unknown,
  tenantMap: Import["tenantMap"],
  open: ((exported: string) => Promise<string>) | undefined,
): Promise<Checked> {
  if (typeof given !== "object" || given === null) return { errors: { secret: "It is no object" } };
  const { key, value, visibility, tenant_name, is_hidden_value, encrypted } = given as Record<string, unknown>;
  const required = { key, value, visibility, tenant_name, is_hidden_value, encrypted };
  const missing = Object.entries(required).flatMap(([name, present]) => (present === undefined ? [name] : []));
  if (missing.length > 0) return { errors: { "missing secret fields": missing } };
  const errors: Record<string, unknown> = {};
  try {
    validateIdentifier("key", key);
  } catch (error) {
    errors["key"] = (error as Error).message;
  }
  if (!(VISIBILITIES as readonly unknown[]).includes(visibility)) errors["visibility"] = "Not a valid visibility";
  for (const [name, flagged] of Object.entries({ is_hidden_value, encrypted })) {
    if (typeof flagged !== "boolean") errors[name] = "Not a boolean";
  }
  const tenant = String(tenantMap[String(tenant_name)] ?? tenant_name);
  let text = "";
  try {
    text = encrypted === true ? await decrypted(value, open) : textOf(value as string, null);
  } catch (error) {
    errors["value"] = (error as Error).message;
  }
  if (Object.keys(errors).length > 0) return { errors };
  return {
    secret: {
      key: String(key),
      text,
      tenant,
      visibility: visibility as Visibility,
      isHidden: is_hidden_value === true,
    },
  };
}

async function decrypted(value: unknown, open: ((exported: string) => Promise<string>) | undefined): Promise<string> {
  if (!open) throw new Error("The value is encrypted, and no passphrase was given");
  try {
    return await open(String(value));
  } catch (error) {
    throw new Error(`The value cannot be decrypted with this passphrase: ${(error as Error).message}`);
  }
}

/** What could not be imported is told by its place in the list; what is there already, by tenant. */
export async function importSecrets(
  tx: UnitOfWork,
  who: Identity,
  vault: Vault,
  read: readonly Checked[],
  { overrideCollisions, tenantMap }: Pick<Import, "overrideCollisions" | "tenantMap">,
) {
  for (const tenant of Object.values(tenantMap)) {
    if (!(await tx.tenants.get(String(tenant))))
      throw badParameters(`The tenant \`${tenant}\` of the map does not exist`);
  }
  const colliding: Record<string, string[]> = {};
  const errors: Record<string, object> = {};
  for (const [index, one] of read.entries()) {
    const refused = "errors" in one ? one.errors : await objection(tx, who, one.secret);
    if (refused || "errors" in one) {
      errors[String(index)] = refused ?? {};
      continue;
    }
    const { secret } = one;
    const present = await tx.secrets.get(secret.tenant, secret.key);
    if (present) colliding[secret.tenant] = [...(colliding[secret.tenant] ?? []), secret.key];
    if (present && (!overrideCollisions || present.tenant_name !== secret.tenant)) continue;
    await store(tx, who, vault, secret, present !== undefined);
  }
  return { colliding_secrets: colliding, secrets_errors: errors };
}

/** What speaks against the secret, if anything does. */
async function objection(tx: UnitOfWork, who: Identity, { tenant, key, visibility }: Importable) {
  if (!(await tx.tenants.get(tenant))) return { tenant_name: `The tenant \`${tenant}\` does not exist` };
  const there = await inAnotherTenant(tx, who, tenant);
  if (!there.permissions.has("secret_import")) {
    return { tenant_name: `User \`${who.username}\` may not import secrets into the tenant \`${tenant}\`` };
  }
  const present = await tx.secrets.get(tenant, key);
  if (present?.tenant_name === tenant && !(isVisibleTo(there, present) && mayReadValue(there, present))) {
    return { key: `User \`${who.username}\` may not replace the secret \`${key}\` of another user` };
  }
  if (visibility === "global" && !who.permissions.has("create_global_resource")) {
    return { visibility: `User \`${who.username}\` may not create global secrets` };
  }
  return undefined;
}

async function store(tx: UnitOfWork, who: Identity, vault: Vault, secret: Importable, exists: boolean): Promise<void> {
  const { key, tenant: tenant_name, visibility } = secret;
  const now = tx.now();
  const stored = {
    sealed_value: await vault.seal(secret.text, { tenant_name, key }),
    is_hidden_value: secret.isHidden,
    visibility,
    updated_at: now,
  };
  if (exists) await tx.secrets.update(tenant_name, key, stored);
  else await tx.secrets.insert({ key, tenant_name, ...stored, created_by: who.username, created_at: now });
  await recordChange(tx, who, "secrets", key, exists ? "update" : "create");
}

/** @throws bad_parameters_error */
export function importIn(body: Record<string, unknown>): Import {
  const { secrets_list, override_collisions, tenant_map, passphrase } = body;
  if (!Array.isArray(secrets_list)) throw badParameters("secrets_list must be a list");
  if (typeof tenant_map !== "object" && tenant_map !== undefined) throw badParameters("tenant_map must be an object");
  if (typeof (passphrase ?? "") !== "string") throw badParameters("passphrase must be a text");
  return {
    secrets: secrets_list,
    overrideCollisions: booleanOr(override_collisions, "override_collisions", false),
    tenantMap: (tenant_map ?? {}) as Record<string, unknown>,
    ...(typeof passphrase === "string" && passphrase !== "" ? { passphrase } : {}),
  };
}
