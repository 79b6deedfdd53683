import type { Secret } from "../../../api/secrets.ts";
import { argument } from "../../command.ts";
import type { ResourceKind } from "../shapes/resource-kind.ts";
import { SECRET_COLUMNS } from "./columns.ts";

export const secretKey = argument({ help: "Key of the secret", metavar: "KEY", complete: "secret" });

export const SECRET: ResourceKind<Secret> = {
  noun: "secret",
  group: "secrets",
  id: secretKey,
  example: "db_password",
  title: "Secret:",
  columns: SECRET_COLUMNS,
};
