import { choice, count, flag, type OptionSpec, text, valued } from "../option.ts";
import { FORMATS, SPECIAL_FORMATS } from "../output/format.ts";
import { TIME_FORMATS } from "../output/time-form.ts";
import { choiceType } from "../value-type.ts";

/** The special ones are understood everywhere, and refused by name where they are not written; help names them there. */
const formatType = <const C extends string>(choices: readonly C[]) => ({
  choices,
  parse: (word: string) => SPECIAL_FORMATS.find((special) => special === word) ?? choiceType(choices).parse(word),
});

/** Options that every command takes, before or after its name. A command's own flags go before these. */
export const globalOptions = {
  json: flag({ flags: ["--json"], help: "Write one JSON document, as --format json does" }),
  format: valued(formatType(["plain", ...FORMATS]), {
    flags: ["--format"],
    metavar: "FORMAT",
    help: "How results are written: table (or plain), json, jsonl, yaml, csv or tsv",
  }),
  output: valued(formatType(FORMATS), {
    flags: ["-o", "--output"],
    metavar: "FORMAT",
    help: "The same as --format; id writes one id per line",
  }),
  columns: text({
    flags: ["--columns"],
    metavar: "NAME,…",
    help: "Only these columns, in this order",
    complete: "column",
  }),
  timeFormat: choice({
    flags: ["--time-format"],
    choices: TIME_FORMATS,
    metavar: "FORM",
    help: "Times in tables, lines, csv and tsv: iso (UTC), relative, local or unix",
  }),
  noHeaders: flag({ flags: ["--no-headers"], help: "Leave out the title and the heads of columns" }),
  wide: flag({ flags: ["--wide"], help: "A table of every field, each whole, however narrow the terminal is" }),
  extendedView: flag({ flags: ["-x", "--extended-view"], help: "One block per row, with every field" }),
  verbose: count({ flags: ["-v", "--verbose"], help: "Say more on stderr; up to three times" }),
  quiet: flag({ flags: ["-q", "--quiet"], help: "Say nothing but results and errors" }),
  color: choice({
    flags: ["--color"],
    choices: ["auto", "always", "never"],
    metavar: "WHEN",
    help: "Colours: auto, always or never",
  }),
  noColor: flag({ flags: ["--no-color"], help: "No colours, as --color never does", hidden: true }),
  noPager: flag({ flags: ["--no-pager"], help: "Show what is longer than the screen without a pager" }),
  manager: text({ flags: ["--manager"], metavar: "HOST", help: "Talk to this manager of the cluster only" }),
} satisfies Record<string, OptionSpec>;

/** Before the name of any command only. */
export const topOptions = {
  version: flag({ flags: ["--version"], help: "Show the versions of cfy and of the manager in use" }),
} satisfies Record<string, OptionSpec>;
