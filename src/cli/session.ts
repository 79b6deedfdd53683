import type { Client } from "../client/index.ts";
import type { ValuesOf } from "./command.ts";
import type { Connect, Context, World } from "./context.ts";
import type { globalOptions } from "./options/global.ts";
import { columnNames } from "./output/column.ts";
import type { Format } from "./output/format.ts";
import { type Output, type OutputChoice, outputTo } from "./output/output.ts";
import { pagedOutput, pagerCommand } from "./output/paged.ts";
import { timeForm, timeFormatFrom } from "./output/time-form.ts";
import { promptOn } from "./prompt.ts";

export type GlobalValues = Omit<ValuesOf<typeof globalOptions>, "json" | "format" | "output"> & { format: Format };

/** The context of one command: the world, seen through the global options. */
export function openSession(world: World, globals: GlobalValues, connect: Connect): Context {
  const { stderr } = world.io;
  const { format } = globals;
  const verbosity = globals.quiet ? -1 : globals.verbose;
  const clients = new Map<string, Client>();
  const say = (text: string): void => stderr.write(`${text}\n`);

  const notice = (text: string): void => {
    if (verbosity >= 0 && format === "table") say(text);
  };
  const ctx: Context = {
    ...world,
    verbosity,
    manager: globals.manager,
    output: outputOf(world, globals, notice),
    prompt: promptOn(world.io, world.signal),
    client(options = {}) {
      const key = options.tenant ?? "";
      const client = clients.get(key) ?? connect(ctx, options);
      clients.set(key, client);
      return client;
    },
    notice,
    warn(text) {
      if (verbosity < 0) return;
      say(format === "table" ? stderr.paint("yellow", `Warning: ${text}`) : JSON.stringify({ warning: text }));
    },
    verbose(level, text) {
      if (verbosity >= level) say(stderr.paint("dim", text));
    },
  };
  return ctx;
}

/** What is written for people on a terminal may be longer than it; everything else goes straight out. */
function outputOf({ io, env, clock }: World, globals: GlobalValues, notice: (text: string) => void): Output {
  const { format } = globals;
  const choice: OutputChoice = {
    format,
    columns: columnNames(globals.columns),
    time: timeForm(globals.timeFormat ?? timeFormatFrom(env), clock),
    headers: !globals.noHeaders,
    wide: globals.wide,
    extended: globals.extendedView,
  };
  const pager = globals.noPager || format !== "table" || !io.stdout.tty ? undefined : pagerCommand(env, globals);
  if (pager === undefined) return outputTo(io.stdout, choice, notice);
  return pagedOutput(
    io.stdout,
    notice,
    () => io.openPager(pager),
    (stdout, notice) => outputTo(stdout, choice, notice),
  );
}
