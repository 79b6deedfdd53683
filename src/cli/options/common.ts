import { choice, flag, natural, path, text, valued } from "../option.ts";
import { FORMATS } from "../output/format.ts";
import { BadValue, naturalType, type ValueType } from "../value-type.ts";

/** `-t`: goes before the environment and the profile. */
export const tenantOption = text({
  flags: ["-t", "--tenant-name"],
  metavar: "TENANT",
  help: "The tenant to work in",
  complete: "tenant",
});

export const allTenantsOption = flag({
  flags: ["-a", "--all-tenants"],
  help: "Those of every tenant that you can see",
});

export const visibilityOption = choice({
  flags: ["-l", "--visibility"],
  choices: ["private", "tenant", "global"],
  default: "tenant",
  help: "Who can see it",
});

export const searchOption = text({ flags: ["--search"], metavar: "TEXT", help: "Only those whose id contains this" });

/** Everything that a list has. */
export const allOption = flag({
  flags: ["--all"],
  help: "All of them, asked for page by page and written as they come",
});

/** On lists `-o` is the original's, not the format's. */
const offsetType: ValueType<number> = {
  ...naturalType,
  parse(word) {
    if (!FORMATS.some((format) => format === word)) return naturalType.parse(word);
    throw new BadValue(
      `${JSON.stringify(word)} is not a whole number; for the format of a list write --output ${word}`,
    );
  },
};

/** One page of a list, or all of them. */
export const pagingOptions = {
  all: { ...allOption, help: "All of them, written as they come; -s is then how many are asked for at a time" },
  offset: valued(offsetType, {
    flags: ["-o", "--pagination-offset"],
    metavar: "N",
    default: 0,
    help: "Leave out so many at the start",
  }),
  size: natural({ flags: ["-s", "--pagination-size"], metavar: "N", default: 1000, help: "At most so many" }),
};

/** The order of a list; each list has its own default field. */
export const sortOptions = (field: string) => ({
  sortBy: text({
    flags: ["--sort-by"],
    metavar: "FIELD",
    default: field,
    help: "The field to sort by",
    complete: "column",
  }),
  descending: flag({ flags: ["--descending"], help: "The last one first" }),
});

/** Where the server decides, unless it is told. */
export const anyOrderOptions = {
  sortBy: text({ flags: ["--sort-by"], metavar: "FIELD", help: "The field to sort by", complete: "column" }),
  descending: flag({ flags: ["--descending"], help: "The last one first" }),
};

/** Lists that could be long in every row show counts unless the whole is asked for. */
export const getDataOption = flag({ flags: ["--get-data"], help: "Everything about each, not counts" });

/** Where a download goes. */
export const outputPathOption = path({
  flags: ["-o", "--output-path"],
  metavar: "PATH",
  help: "The file to write, or a directory; by default the server's name for it, here",
  complete: "file",
});
