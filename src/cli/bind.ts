import { type ArgumentSpec, metavarOf } from "./argument.ts";
import type { Arguments, Command, Options, ValuesOf } from "./command.ts";
import { usageError } from "./errors.ts";
import type { OptionSpec } from "./option.ts";
import type { Given } from "./parse.ts";
import { BadValue } from "./value-type.ts";

/** Turns what the command line gave into the values that `run` takes, or says what is missing or wrong. */
export function bindArguments(command: Command, given: Given, operands: readonly string[]): Record<string, unknown> {
  const words = distribute(command.arguments, operands);
  refuseExcluded(command, given, words);
  return { ...readOptions(command.options, given), ...readArguments(command.arguments, words) };
}

export function readOptions<O extends Options>(options: O, given: Given): ValuesOf<O> {
  const values: Record<string, unknown> = {};
  for (const [key, spec] of Object.entries(options)) {
    const words = given.get(spec) ?? [];
    if (spec.required && words.length === 0) {
      throw usageError(`Option ${flagsOf(spec)} is required`, { hint: spec.help });
    }
    values[key] = asUsage(() => spec.read(words));
  }
  return values as ValuesOf<O>;
}

function readArguments(specs: Arguments, words: Given): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(specs).map(([key, spec]) => [
      key,
      asUsage(
        () => spec.read(words.get(spec) ?? []),
        (reason) => `Invalid value for ${metavarOf(key, spec)}: ${reason}`,
      ),
    ]),
  );
}

/** Each argument takes one word, a variadic one all that are left for it. */
function distribute(specs: Arguments, operands: readonly string[]): Given {
  const rest = [...operands];
  const words: Given = new Map();
  const entries = Object.entries(specs);
  for (const [index, [key, spec]] of entries.entries()) {
    const after = entries.slice(index + 1).filter(([, later]) => later.required).length;
    const share = spec.variadic ? rest.splice(0, Math.max(0, rest.length - after)) : rest.splice(0, 1);
    if (spec.required && share.length === 0) throw missingArgument(key, spec);
    // A script's unset variable; as part of a URL it would mean the whole collection.
    if (share.includes("")) throw usageError(`Argument ${metavarOf(key, spec)} is empty`, { hint: spec.help });
    if (share.length > 0) words.set(spec, share);
  }
  if (rest.length > 0) {
    throw usageError(
      `Unexpected ${rest.length > 1 ? "arguments" : "argument"} ${rest.map((word) => JSON.stringify(word)).join(" ")}`,
    );
  }
  return words;
}

const missingArgument = (key: string, spec: ArgumentSpec): Error =>
  usageError(`Argument ${metavarOf(key, spec)} is missing`, { hint: spec.help });

function refuseExcluded(command: Command, given: Given, words: Given): void {
  for (const rivals of command.exclusive) {
    const names = rivals.flatMap((key) => {
      const option = command.options[key];
      const argument = command.arguments[key];
      if (option && given.has(option)) return [option.flags.at(-1) ?? key];
      return argument && words.has(argument) ? [metavarOf(key, argument)] : [];
    });
    if (names.length < 2) continue;
    throw usageError(`${names.join(" and ")} exclude each other`, { hint: "Give one of them." });
  }
}

const flagsOf = (spec: OptionSpec): string => spec.flags.join("/");

function asUsage<T>(read: () => T, message = (reason: string) => reason): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadValue) throw usageError(message(error.message));
    throw error;
  }
}
