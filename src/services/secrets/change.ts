import type { Json, JsonObject } from "../../api/resources.ts";
import type { Secret } from "../../api/secrets.ts";
import type { Visibility } from "../../api/statuses.ts";
import { pythonJson } from "../../lib/python-json.ts";
import type { SecretRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { parseBoolean } from "../booleans.ts";
import { validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { violationOf } from "../json-schema.ts";
import { alreadyExists, badParameters, notFound, Refusal } from "../refusal.ts";
import { newOwner } from "../users/new-owner.ts";
import { widened } from "../visibility.ts";
import { visibleSecret } from "./read.ts";
import type { Vault } from "./vault.ts";
import { mayReadValue, secretView } from "./view.ts";

export interface NewSecret {
  value: Json | undefined;
  schema?: JsonObject;
  isHidden: boolean;
  visibility: Visibility;
  updateIfExists: boolean;
  providerName?: string;
}

/**
 * @returns the secret, its value as it is stored: sealed
 * @throws conflict_error when it exists and is not to be replaced, or the value does not fit the schema
 */
export async function putSecret(
  tx: UnitOfWork,
  who: Identity,
  vault: Vault,
  key: string,
  secret: NewSecret,
): Promise<Secret> {
  authorize(who, "secret_create");
  validateIdentifier("key", key);
  if (secret.providerName) throw notFound("SecretsProvider", secret.providerName);
  if (secret.visibility === "global") authorize(who, "create_global_resource");
  const present = await tx.secrets.get(who.tenant, key);
  if (present && (!secret.updateIfExists || present.tenant_name !== who.tenant)) {
    throw alreadyExists("Secret", key, who.tenant);
  }
  const now = tx.now();
  const place = { tenant_name: who.tenant, key };
  const schema = secret.schema ?? present?.schema ?? null;
  const stored = {
    sealed_value: await vault.seal(textOf(secret.value, schema), place),
    schema,
    is_hidden_value: secret.isHidden,
    visibility: secret.visibility,
    updated_at: now,
  };
  if (present) {
    authorize(who, "secret_update");
    mustBeReadable(who, present);
    await tx.secrets.update(who.tenant, key, stored);
  } else {
    await tx.secrets.insert({ ...place, ...stored, created_by: who.username, created_at: now });
  }
  await recordChange(tx, who, "secrets", key, present ? "update" : "create");
  return sealedView(await visibleSecret(tx, who, key));
}

/** `value`, `is_hidden_value`, `visibility` and `creator`, as far as they are given. */
export async function changeSecret(
  tx: UnitOfWork,
  who: Identity,
  vault: Vault,
  key: string,
  change: Record<string, Json | undefined>,
): Promise<Secret> {
  authorize(who, "secret_update");
  const secret = await ownSecret(tx, who, key);
  const { value, is_hidden_value: hidden, visibility, creator, provider_name: provider } = change;
  if (provider) throw notFound("SecretsProvider", String(provider));
  if (value !== undefined || hidden !== undefined) mustBeReadable(who, secret);
  await tx.secrets.update(secret.tenant_name, key, {
    ...(value === undefined ? {} : { sealed_value: await vault.seal(textOf(value, secret.schema), secret) }),
    ...(hidden === undefined || hidden === null ? {} : { is_hidden_value: parseBoolean(hidden, "is_hidden_value") }),
    ...(visibility === undefined ? {} : { visibility: widerVisibility(who, secret, visibility) }),
    ...(creator === undefined ? {} : { created_by: await newOwner(tx, who, creator) }),
    updated_at: tx.now(),
  });
  await recordChange(tx, who, "secrets", key, "update");
  return sealedView(await visibleSecret(tx, who, key));
}

export async function setSecretVisibility(tx: UnitOfWork, who: Identity, key: string, to: unknown): Promise<Secret> {
  authorize(who, "secret_update");
  const secret = await ownSecret(tx, who, key);
  const visibility = widerVisibility(who, secret, to);
  await tx.secrets.update(secret.tenant_name, key, { visibility, updated_at: tx.now() });
  await recordChange(tx, who, "secrets", key, "update");
  return sealedView(await visibleSecret(tx, who, key));
}

export async function deleteSecret(tx: UnitOfWork, who: Identity, key: string): Promise<void> {
  authorize(who, "secret_delete");
  const { tenant_name } = await ownSecret(tx, who, key);
  await tx.secrets.remove(tenant_name, key);
  await recordChange(tx, who, "secrets", key, "delete");
}

/** The text under which a value is stored. @throws conflict_error, bad_parameters_error */
export function textOf(value: Json | undefined, schema: JsonObject | null): string {
  if (value === undefined || value === null || value === "") {
    throw badParameters("Cannot create a secret with empty value");
  }
  const violation = schema ? violationOf(schema, value) : undefined;
  if (violation) throw new Refusal("conflict_error", `The secret's value does not fit its schema: ${violation}`);
  return typeof value === "string" && !schema ? value : pythonJson(value);
}

async function ownSecret(tx: UnitOfWork, who: Identity, key: string): Promise<SecretRow> {
  const secret = await visibleSecret(tx, who, key);
  if (secret.tenant_name === who.tenant) return secret;
  throw new Refusal(
    "illegal_action_error",
    `Secret ${key} belongs to the tenant ${secret.tenant_name}: change it there`,
  );
}

/** Who may not read a hidden value may not replace it either, nor uncover it. */
function mustBeReadable(who: Identity, secret: SecretRow): void {
  if (mayReadValue(who, secret)) return;
  throw new Refusal(
    "forbidden_error",
    `User \`${who.username}\` is not permitted to modify the hidden value of the secret \`${secret.key}\``,
  );
}

function widerVisibility(who: Identity, { key, visibility: from }: SecretRow, to: unknown): Visibility {
  const visibility = widened("Secret", key, from, to);
  if (visibility === "global") authorize(who, "resource_set_global");
  return visibility;
}

const sealedView = (row: SecretRow): Secret => secretView(row, row.sealed_value);
