import type { UserGroup } from "../../../api/access.ts";
import type { Column } from "../../output/column.ts";

export const USER_GROUP_COLUMNS: readonly Column<UserGroup>[] = [
  { key: "name" },
  { key: "role" },
  { key: "tenants" },
  { key: "users" },
];
