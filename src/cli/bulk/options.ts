import type { ValuesOf } from "../command.ts";
import { flag, natural } from "../option.ts";

/** What every command takes that does one thing to many. */
export const bulkOptions = {
  yes: flag({ flags: ["--yes"], help: "Do it to all that were chosen, without asking" }),
  dryRun: flag({ flags: ["--dry-run"], help: "Only show what it would be done to" }),
  concurrency: natural({ flags: ["--concurrency"], metavar: "N", default: 4, help: "At most so many at a time" }),
};

export type BulkValues = ValuesOf<typeof bulkOptions>;

export const allOption = (what: string) => flag({ flags: ["--all"], help: `Every one of the tenant's ${what}` });
