import type { Token } from "../../../api/access.ts";
import { command, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import type { Column } from "../../output/column.ts";
import { TOKEN_COLUMNS } from "./columns.ts";

const COLUMNS: readonly Column<Token>[] = [...TOKEN_COLUMNS, { key: "value", whole: true }];

/** `+10h`, `+1 day +30 min` */
const FROM_NOW = /^(\+\d+ ?[a-z]+ ?)+$/;
/** `2030-03-09 14:52`, or a time of today */
const MOMENT = /^(\d{4}-\d{2}-\d{2} )?\d{1,2}:\d{2}$/;

/** `cfy tokens create` */
export const create = command({
  name: "create",
  summary: "Create an API token for yourself",
  description: "Its value is shown this once only: whoever knows it may do what you may.",
  options: {
    expiry: text({
      flags: ["-e", "--expiry"],
      metavar: "TIME",
      help: 'Until when it is valid, in UTC: +10h, "+3 days", "2030-03-09 14:52"; for ever by default',
    }),
    description: text({ flags: ["-d", "--description"], metavar: "TEXT", help: "What it is for" }),
  },
  columns: COLUMNS,
  examples: [
    ["cfy tokens create -d ci -e '+30 days' --format tsv --no-headers --columns value", "its value, for a script"],
  ],
  async run(ctx, { expiry, description }) {
    if (expiry !== undefined && !FROM_NOW.test(expiry) && !MOMENT.test(expiry)) {
      throw usageError(`"${expiry}" is no time for a token to expire at`, {
        hint: 'Write +10h, "+3 days", "2030-03-09 14:52" or 14:52, in UTC.',
      });
    }
    const token = await ctx.client().tokens.create({ description, expiration_date: expiry });
    await ctx.output.record(token, { title: "REST token", columns: COLUMNS });
    return ExitCode.Ok;
  },
});
