import type { Secret } from "../../../api/secrets.ts";
import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import type { Column } from "../../output/column.ts";
import { SECRET_COLUMNS } from "./columns.ts";
import { secretKey } from "./kind.ts";

const HIDDEN = "*********";

const COLUMNS: readonly Column<Secret>[] = [
  {
    key: "value",
    value: ({ value, is_hidden_value: hidden }) => (hidden && value === "" ? HIDDEN : value),
    whole: true,
  },
  ...SECRET_COLUMNS,
  { key: "schema", extended: true },
  { key: "provider_options", extended: true },
];

/** `cfy secrets get`: its value too, which is what it is there for. */
export const get = command({
  name: "get",
  summary: "Show a secret and its value",
  arguments: { key: secretKey },
  options: { tenant: tenantOption },
  columns: COLUMNS,
  examples: [
    ["cfy secrets get db_password", "the value and who made it"],
    ["cfy secrets get db_password -o id", "for a script: the value alone"],
  ],
  async run(ctx, { key, tenant }) {
    ctx.notice(`Retrieving secret ${key} …`);
    const secret = await ctx.client({ tenant }).secrets.get(key);
    const values = COLUMNS.map((column) => [
      column.key,
      column.value ? column.value(secret) : fieldOf(secret, column.key),
    ]);
    if (ctx.output.format === "table") await ctx.output.details("Secret:", Object.fromEntries(values));
    else await ctx.output.record(secret, { title: "Secret:", columns: COLUMNS });
    return ExitCode.Ok;
  },
});

const fieldOf = (secret: Secret, key: string): unknown => (secret as unknown as Record<string, unknown>)[key];
