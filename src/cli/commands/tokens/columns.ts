import type { Token } from "../../../api/access.ts";
import type { Column } from "../../output/column.ts";

/** Not its value: that is masked everywhere but in the answer that creates it. */
export const TOKEN_COLUMNS: readonly Column<Token>[] = [
  { key: "id" },
  { key: "role" },
  { key: "description" },
  { key: "expiration_date", whole: true },
  { key: "last_used" },
];
