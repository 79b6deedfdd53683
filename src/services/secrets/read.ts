import type { Json } from "../../api/resources.ts";
import type { Secret } from "../../api/secrets.ts";
import type { Repositories, SecretRow } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { flag, type RawQuery } from "../queries/list-query.ts";
import { listResources, type Narrowing } from "../queries/list-resources.ts";
import { notFound } from "../refusal.ts";
import type { Vault } from "./vault.ts";
import { isVisibleTo, mayReadValue, SECRET_LIST_FIELDS, secretView } from "./view.ts";

export function listSecrets(read: Repositories, who: Identity, query: RawQuery, narrowing: Narrowing = {}) {
  authorize(who, "secret_list");
  return listResources(read, who, query, {
    fields: SECRET_LIST_FIELDS,
    searchIn: ["key"],
    narrowing,
    rows: read.secrets.list,
    view: (rows) =>
      rows.map((row) => {
        const { value, schema, provider_options, private_resource, ...shown } = secretView(row, "");
        return shown;
      }),
  });
}

/** With its value, unless that is hidden from the caller or not wanted. @throws not_found_error */
export async function getSecret(
  read: Repositories,
  who: Identity,
  vault: Vault,
  key: string,
  query: RawQuery,
): Promise<Secret> {
  authorize(who, "secret_get");
  const row = await visibleSecret(read, who, key);
  const wanted = !flag(query, "_skip_value") && mayReadValue(who, row);
  return secretView(row, wanted ? await openedValue(vault, row) : "");
}

/** @throws not_found_error */
export async function visibleSecret(read: Repositories, who: Identity, key: string): Promise<SecretRow> {
  const row = await read.secrets.get(who.tenant, key);
  if (!row || !isVisibleTo(who, row)) throw notFound("Secret", key);
  return row;
}

/** The text of a value as functions and exports see it. */
export const openedText = async (vault: Vault, row: SecretRow): Promise<string> =>
  row.sealed_value === null ? "" : vault.open(row.sealed_value, row);

/** A value that a schema describes is a document; any other is a text. */
async function openedValue(vault: Vault, row: SecretRow): Promise<Json> {
  const text = await openedText(vault, row);
  if (!row.schema) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Opens the secrets that functions ask for, as far as the caller may see them. */
export const secretsFor = (who: Identity, vault: Vault) => ({
  openSecret: (row: SecretRow) => (isVisibleTo(who, row) ? openedText(vault, row) : undefined),
});

/**
 * The same for functions that the caller has written. A hidden value is not for whoever asks for it, but an execution's
 * own code needs what its blueprint asks for.
 */
export const secretsAskedBy = (who: Identity, vault: Vault) => ({
  openSecret: (row: SecretRow) =>
    who.executionId !== undefined || mayReadValue(who, row) ? secretsFor(who, vault).openSecret(row) : undefined,
});
