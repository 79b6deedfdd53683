import type { Token } from "../../api/access.ts";
import type { Repositories, TokenRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { maskedToken, newToken, secretDigest, writtenToken } from "../identity/tokens.ts";
import type { RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { found, notFound } from "../refusal.ts";
import { parseExpiration } from "./expiration.ts";

const TOKEN_FIELDS = [
  "id",
  "username",
  "value",
  "role",
  "expiration_date",
  "last_used",
  "description",
] as const satisfies (keyof Token)[];

/** One's own; those of all, for who may manage them. */
export function listTokens(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "token_get");
  return listResources(read, who, query, {
    fields: TOKEN_FIELDS,
    computed: ["value", "role"],
    ...(who.permissions.has("manage_others_tokens") ? {} : { only: { username: [who.username] } }),
    rows: read.tokens.list,
    view: (rows) => Promise.all(rows.map((row) => tokenView(read, row))),
  });
}

export async function getToken(read: Repositories, who: Identity, id: string): Promise<Token> {
  authorize(who, "list_token");
  return tokenView(read, await ownToken(read, who, id));
}

/** The answer is the only place where the whole token ever stands. */
export async function createToken(
  tx: UnitOfWork,
  who: Identity,
  { description, expiration }: { description: string | undefined; expiration: string | undefined },
): Promise<Token> {
  authorize(who, "create_token");
  const token = newToken();
  await tx.tokens.insert({
    id: token.id,
    username: who.username,
    secret_hash: secretDigest(token.secret),
    description: description ?? null,
    created_at: tx.now(),
    expiration_date: expiration ? parseExpiration(expiration, tx.now()) : null,
  });
  await recordChange(tx, who, "tokens", token.id, "create");
  const stored = found(await tx.tokens.get(token.id), "Token", token.id);
  return { ...(await tokenView(tx, stored)), value: writtenToken(token) };
}

export async function deleteToken(tx: UnitOfWork, who: Identity, id: string): Promise<void> {
  authorize(who, "delete_token");
  await ownToken(tx, who, id);
  await tx.tokens.remove(id);
  await recordChange(tx, who, "tokens", id, "delete");
}

/** Another's token is as good as unknown. */
async function ownToken(read: Repositories, who: Identity, id: string): Promise<TokenRow> {
  const token = await read.tokens.get(id);
  if (token && (token.username === who.username || who.permissions.has("manage_others_tokens"))) return token;
  throw notFound("Token", id);
}

async function tokenView(read: Repositories, row: TokenRow): Promise<Token> {
  const user = await read.users.get(row.username);
  return {
    id: row.id,
    username: row.username,
    value: maskedToken(row.id),
    role: user?.role ?? "default",
    expiration_date: row.expiration_date,
    last_used: row.last_used,
    description: row.description,
  };
}
