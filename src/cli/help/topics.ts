import { COMBINED_EXIT_CODES, EXIT_CODE_MEANINGS } from "../exit-code.ts";
import { ENVIRONMENT } from "./environment.ts";
import { definitions, prose } from "./wrap.ts";

export interface Topic {
  name: string;
  summary: string;
  /** The page, for a terminal of so many columns. */
  text(width: number): string;
}

/** What `cfy help TOPIC` explains beyond the single commands. */
export const topics: readonly Topic[] = [
  {
    name: "exit-codes",
    summary: "What the exit code of a command means",
    text: (width) =>
      `${definitions(
        EXIT_CODE_MEANINGS.map(({ code, meaning }) => [String(code), meaning]),
        width,
      )}\n${prose([COMBINED_EXIT_CODES], width)}`,
  },
  {
    name: "environment",
    summary: "Environment variables that cfy reads",
    text: (width) =>
      `A flag goes before the environment, the environment before the profile.\n\n${definitions(
        ENVIRONMENT.map(({ name, meaning }) => [name, meaning]),
        width,
      )}`,
  },
  {
    name: "output",
    summary: "Formats, columns, colours, and what goes to which stream",
    text: (width) => `${prose(OUTPUT, width)}\n${definitions(OUTPUT_OPTIONS, width)}\n${prose(COLOURS, width)}`,
  },
  {
    name: "inputs",
    summary: "The forms of --inputs and --parameters",
    text: (width) => `${prose(INPUTS, width)}\n${definitions(INPUT_FORMS, width)}`,
  },
  {
    name: "filters",
    summary: "Rules about labels and fields, for lists and stored filters",
    text: (width) => `${prose(FILTERS, width)}\n${definitions(FILTER_FORMS, width)}`,
  },
  {
    name: "bulk",
    summary: "Doing one thing to many: selecting, asking, and what comes of each",
    text: (width) => `${prose(BULK, width)}\n${definitions(BULK_OPTIONS, width)}\n${prose(BULK_RESULTS, width)}`,
  },
  {
    name: "profiles",
    summary: "Which server commands talk to, and as whom",
    text: (width) =>
      `${prose(PROFILES, width)}\n${definitions(PROFILE_COMMANDS, width)}\n${prose(PROFILE_ORDER, width)}`,
  },
];

const BULK = [
  "`executions start|cancel|resume|delete`, `deployments delete|update` and `blueprints delete` work on what options select. With one id they do what they always did, and never ask. Several ids are done one by one, without asking.",
];

const BULK_OPTIONS: [string, string][] = [
  ["--filter-id, -lr, -ar", "Those that a stored filter or rules let through: cfy help filters."],
  ["--group-id GROUP_ID", "The deployments of a group."],
  ["-d, --workflow-id, --status", "Executions, by their own fields; with the above, by their deployments as well."],
  ["--all", "Every one of the tenant."],
  ["--dry-run", "Show which they are, and do nothing. Of `executions start` it is a dry run of the workflow."],
  [
    "--yes",
    "Do it without asking. Without it a terminal is asked, and where there is none the exit code is 2. A no ends with 1.",
  ],
  ["--concurrency N", "At most so many at a time; 4 by default."],
];

const BULK_RESULTS = [
  "A row tells what came of each, in any format. A failure does not stop the rest. After Ctrl-C no more are begun: those rows say `not done`; what has begun goes on. The exit code is 0 when all went well: cfy help exit-codes.",
];

const PROFILES = [
  "A profile says which server commands talk to, and as whom. Until another one is chosen it is `local`: the server of this machine, which starts when a command needs it. It needs no credentials; only its owner can reach it.",
];

const PROFILE_COMMANDS: [string, string][] = [
  [
    "cfy profiles use HOST -u USER",
    "Talk to this manager from now on. The password is asked for, and a profile is saved.",
  ],
  ["cfy profiles use NAME", "Go back to a profile that was saved; local is always there."],
  ["cfy profiles list", "Those there are. show-current tells more about the one in use."],
  ["cfy profiles set -t TENANT", "Change the one in use; the manager is asked first. unset takes settings out."],
  ["cfy profiles set --read-only", "Refuse whatever would change something there."],
  ["cfy cluster update-profile", "Take in every manager of a cluster: commands then go to one that answers."],
  ["CFY_PROFILE=NAME cfy …", "Another profile, for one command."],
  ["cfy doctor", "Where each value comes from, and whether it works."],
];

const PROFILE_ORDER = [
  "A flag goes before the environment, and that before the profile. CLOUDIFY_USERNAME, CLOUDIFY_PASSWORD, CLOUDIFY_TENANT and CLOUDIFY_TOKEN replace what a profile says; `cfy help environment` has them all.",
  "Profiles are folders in ~/.cloudify/profiles, or in .cloudify of CFY_WORKDIR, readable by their owner only. Those of the original work as they are.",
];

const OUTPUT = [
  "Results go to stdout: tables, event lines, the outcome of an execution. All else goes to stderr: notices, progress, questions, warnings, errors. So a pipe carries results only.",
  'With --json, stdout holds one JSON document and stderr, when something fails, one object: {"error": {"code", "message", "hint", "status", "request_id"}}. Warnings are objects, too: {"warning"}. What is followed (`executions start`, `events list --tail`) is one object per event, each on its own line. An error about a blueprint that was read here also has "errors": each fault with code, class, message, file, line, column, path and hint.',
  "What `cfy blueprints validate` finds is its result: the faults are on stdout in any format, stderr says that there are any, and the exit code is 1.",
];

const OUTPUT_OPTIONS: [string, string][] = [
  ["--json", "The same as --format json."],
  [
    "--format table",
    "Framed tables, fitted to the terminal; ids are never cut. One thing that has no room in a table is told in lines. This is the default.",
  ],
  ["--format json", "A list has one object per line, between brackets. Times stay as the server says them."],
  ["--format jsonl", "One object per line and nothing else; long lists arrive as they are read."],
  ["--format yaml", "The same as JSON, in YAML."],
  ["--format csv, tsv", "A line per row. What a spreadsheet would take for a formula gets a quote in front."],
  ["--format sarif", "A SARIF 2.1.0 log; `cfy blueprints validate` writes it."],
  ["-o id", "One id per line. Where a command has its own -o, write --output id."],
  [
    "--all",
    "Of a list, every row: asked for page by page and written as it comes, however many there are. The first 10,000 decide how wide a table is. Where a page fails, what came before stands: with jsonl, csv or id it can be used.",
  ],
  ["--columns a,b", "These columns only, in this order, in any format."],
  ["--time-format iso", "Times in UTC, as the server says them; a table leaves out T and Z. This is the default."],
  ["--time-format relative", "3 min ago, in 2 days. The others: local, with its distance from UTC; unix, in seconds."],
  ["--no-headers", "Without title and heads."],
  ["--wide", "A table of every field, none of them cut, even where the terminal is narrower."],
  ["-x", "One block per row, with every field; lines where the terminal is too narrow for a frame."],
  ["-q, -v, -vv, -vvv", "Say less, or more, on stderr."],
];

const COLOURS = [
  "On a terminal, what is longer than it goes through a pager: CFY_PAGER, else PAGER, else less. --no-pager, an empty value or cat show it without one. Formats for programs and everything that follows never are paged.",
  "Colours are used on a terminal. --color always|never decides; else NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM=dumb do; `colors: false` in config.yaml turns them off, too.",
];

const INPUTS = ["--inputs and --parameters may be repeated; a key given later replaces an earlier one."];

const INPUT_FORMS: [string, string][] = [
  ["key=value", "Text. The value is all that follows the first =. Several: 'k1=v1;k2=v2'; \\; is a semicolon."],
  ["'{\"key\": 1}'", "JSON, with its types."],
  ["'key: 1'", "YAML, with its types."],
  ["inputs.yaml", "A file of YAML or JSON. @inputs.yaml says so, too."],
  ["inputs/", "Every file of a directory, in order of name."],
  ["'inputs/*.yaml'", "Every file that the pattern fits. Quote it."],
  ["-", "Standard input, YAML or JSON."],
];

const FILTERS = [
  "-lr and -ar may be repeated; all rules must hold. `cfy deployments filters create` stores rules under a name, --filter-id uses them.",
];

const FILTER_FORMS: [string, string][] = [
  ["-lr key=value", "Has the label. Several values, any of which: key=[a,b]"],
  ["-lr key!=value", "Has the key, but not this value."],
  ["-lr 'key is-not value'", "Does not have the label, or not the key at all."],
  ["-lr 'key is null'", "Does not have the key. The opposite: key is not null"],
  ["-ar field=value", "The field is this. Several values: field=[a,b]; the opposite: field!=value"],
  ["-ar 'field contains text'", "Also does-not-contain, starts-with, ends-with."],
  ["-ar 'field is not empty'", "The field has a value."],
];
