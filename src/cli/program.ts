import { bindArguments, readOptions } from "./bind.ts";
import type { Command, Group, Options } from "./command.ts";
import type { Connect, World } from "./context.ts";
import { CfyError } from "./errors.ts";
import { ExitCode } from "./exit-code.ts";
import type { Io, OutputStream } from "./io.ts";
import { globalOptions, topOptions } from "./options/global.ts";
import { columnNames, pickColumns } from "./output/column.ts";
import { writeError } from "./output/error.ts";
import { chooseFormat } from "./output/format.ts";
import { pagerCommand, writePaged } from "./output/paged.ts";
import { flagTable, type Given, parseWords } from "./parse.ts";
import { cloudifyRoot } from "./profiles/root.ts";
import { entryNamed, loaded } from "./route.ts";
import { openSession } from "./session.ts";

/** Runs one command line in the given world and says the exit code. */
export async function runProgram(
  root: Group,
  words: readonly string[],
  world: World,
  connecting: () => Promise<Connect>,
): Promise<ExitCode> {
  const place: Place = { path: [root.name], entry: root, machine: asksForJson(words), trace: false };
  try {
    return await descend(place, words, world, connecting);
  } catch (error) {
    const { explain } = await import("./explain.ts");
    const explained = explain(error, world.signal, cloudifyRoot(world.env));
    return writeError(world.io, await withUsage(explained, place), place);
  }
}

/** How far the words have led into the tree: usage lines and help speak of it. */
interface Place {
  path: string[];
  entry: Group | Command;
  /** How an error would be told: as JSON, and with the place in the program. */
  machine: boolean;
  trace: boolean;
}

async function descend(
  place: Place,
  words: readonly string[],
  world: World,
  connecting: () => Promise<Connect>,
): Promise<ExitCode> {
  const given: Given = new Map();
  let rest = words;
  for (;;) {
    const { path } = place;
    const entry = place.entry.kind === "group" ? (commandInstead(place.entry, rest) ?? place.entry) : place.entry;
    place.entry = entry;
    const isGroup = entry.kind === "group";
    const own: Options = isGroup ? (path.length === 1 ? topOptions : {}) : entry.options;
    const parsed = parseWords(rest, flagTable(globalOptions, own), { stopAtOperand: isGroup });
    for (const [spec, texts] of parsed.given) given.set(spec, [...(given.get(spec) ?? []), ...texts]);

    if (!isGroup) {
      if (parsed.help) return await show(world, place, given);
      const globals = readOptions(globalOptions, given);
      const format = chooseFormat(globals, entry.formats);
      place.machine = format !== "table";
      place.trace = globals.verbose > 0;
      const columns = columnNames(globals.columns);
      // Before anything is done: a command that has worked should not fail on how it was to be shown.
      if (columns && entry.columns.length > 0) pickColumns(entry.columns, columns);
      const args = bindArguments(entry, given, parsed.operands);
      const io = watched(world.io);
      const ctx = openSession({ ...world, io }, { ...globals, format }, await connecting());
      const code = await entry.run(ctx, args);
      if (code === ExitCode.Ok && !io.used()) await ctx.output.conclude();
      return code;
    }
    const [name, ...after] = given.has(topOptions.version) ? ["version"] : parsed.operands;
    if (parsed.help || name === undefined) return await show(world, place, given);
    place.entry = await loaded(entryNamed(name, entry.commands));
    path.push(place.entry.name);
    rest = after;
  }
}

/** The command that the words mean instead of one below the group: its own options say so. */
function commandInstead({ otherwise, commands }: Group, words: readonly string[]): Command | undefined {
  if (!otherwise) return undefined;
  try {
    const { given, operands } = parseWords(words, flagTable(globalOptions, otherwise.options));
    if (operands[0] !== undefined && commands.some(({ name }) => name.startsWith(operands[0] ?? ""))) return undefined;
    return Object.values(otherwise.options).some((spec) => given.has(spec)) ? otherwise : undefined;
  } catch {
    return undefined;
  }
}

/** The same streams, and whether anything was written to stdout. Only who reads stdin opens it. */
function watched(io: Io): Io & { used(): boolean } {
  let used = false;
  const write = (text: string): void => {
    used = true;
    io.stdout.write(text);
  };
  const stdout: OutputStream = Object.create(io.stdout, { write: { value: write } });
  return Object.create(io, { stdout: { value: stdout }, used: { value: () => used } });
}

async function show({ io, env }: World, { path, entry, machine }: Place, given: Given): Promise<ExitCode> {
  if (machine) {
    const { specOf } = await import("./help/spec.ts");
    io.stdout.write(`${JSON.stringify(specOf(path, entry))}\n`);
  } else {
    const { helpPage, pageWidth } = await import("./help/page.ts");
    const text = helpPage(path, entry, pageWidth(io.stdout.width));
    const pager = given.has(globalOptions.noPager) || !io.stdout.tty ? undefined : pagerCommand(env, { wide: false });
    if (pager === undefined) io.stdout.write(text);
    else await writePaged(io.stdout, () => io.openPager(pager), text);
  }
  return ExitCode.Ok;
}

/** An error about the command line may come before its options are understood. */
const asksForJson = (words: readonly string[]): boolean =>
  words.some(
    (word, index) =>
      ["--json", "--format=json", "--output=json", "-ojson"].includes(word) ||
      (word.startsWith("json") && ["--format", "--output", "-o"].includes(words[index - 1] ?? "")),
  );

/** A mistake in the command line is told with the usage line of the command it was made in. */
async function withUsage(error: CfyError, { path, entry }: Place): Promise<CfyError> {
  if (error.code !== "usage") return error;
  const { usageLine } = await import("./help/page.ts");
  return new CfyError(error.code, error.message, {
    exit: error.exit,
    usage: usageLine(path, entry),
    hint: [...error.hint, `${path.join(" ")} --help shows what it takes.`],
    cause: error.cause,
  });
}
