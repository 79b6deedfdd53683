import { booleanOr } from "../../services/booleans.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import {
  changeSecret,
  deleteSecret,
  type NewSecret,
  putSecret,
  setSecretVisibility,
} from "../../services/secrets/change.ts";
import { getSecret, listSecrets } from "../../services/secrets/read.ts";
import { exportSecrets, importIn, importSecrets, readImport } from "../../services/secrets/share.ts";
import { requestedVisibility } from "../../services/visibility.ts";
import type { Routes } from "../context.ts";
import { bodyOf, objectOf, textOf } from "../http/request-body.ts";

type WithKey = { Params: { key: string } };

export const secretRoutes: Routes = (app, { database, vault }) => {
  app.get("/secrets", ({ identity, query }) => listSecrets(database.read, identity, query as RawQuery));
  app.get("/secrets/share/export", ({ identity, query }) =>
    exportSecrets(database.read, identity, vault, query as RawQuery),
  );
  app.post("/secrets/share/import", async ({ identity, body }) => {
    const asked = importIn(bodyOf(body, ["secrets_list", "override_collisions"]));
    const read = await readImport(identity, asked);
    return database.unitOfWork((tx) => importSecrets(tx, identity, vault, read, asked));
  });
  app.get<WithKey>("/secrets/:key", ({ identity, params, query }) =>
    getSecret(database.read, identity, vault, params.key, query as RawQuery),
  );
  app.put<WithKey>("/secrets/:key", ({ identity, params, body }) => {
    const secret = secretIn(body);
    return database.unitOfWork((tx) => putSecret(tx, identity, vault, params.key, secret));
  });
  app.patch<WithKey>("/secrets/:key", ({ identity, params, body }) =>
    database.unitOfWork((tx) => changeSecret(tx, identity, vault, params.key, bodyOf(body))),
  );
  app.patch<WithKey>("/secrets/:key/set-visibility", ({ identity, params, body }) => {
    const { visibility } = bodyOf(body, ["visibility"]);
    return database.unitOfWork((tx) => setSecretVisibility(tx, identity, params.key, visibility));
  });
  app.delete<WithKey>("/secrets/:key", async ({ identity, params }, reply) => {
    await database.unitOfWork((tx) => deleteSecret(tx, identity, params.key));
    return reply.code(204).send();
  });
};

function secretIn(json: unknown): NewSecret {
  const body = bodyOf(json, ["value"]);
  const schema = objectOf(body, "schema");
  const providerName = textOf(body, "provider_name");
  return {
    value: body.value,
    isHidden: booleanOr(body["is_hidden_value"], "is_hidden_value", false),
    visibility: requestedVisibility(body),
    updateIfExists: booleanOr(body["update_if_exists"], "update_if_exists", false),
    ...(schema ? { schema } : {}),
    ...(providerName ? { providerName } : {}),
  };
}
