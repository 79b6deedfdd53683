import type { ArgumentSpec } from "../argument.ts";
import type { Entry } from "../command.ts";
import type { OptionSpec } from "../option.ts";
import { globalOptions, topOptions } from "../options/global.ts";
import { loaded } from "../route.ts";

export interface SurfaceArgument {
  name: string;
  required?: false;
  nargs?: -1;
  type?: SurfaceType;
}

export interface SurfaceOption {
  flags: string[];
  kind: OptionSpec["kind"];
  required?: true;
  multiple?: true;
  default?: unknown;
  type?: SurfaceType;
}

type SurfaceType = string | { choices: readonly string[] };

/** One command or group with all that can be written after its name. */
export interface SurfaceEntry {
  path: string;
  kind: "group" | "command";
  arguments: SurfaceArgument[];
  options: SurfaceOption[];
}

/** The command tree as plain facts, for programs and for the comparison with the original's. */
export async function surfaceOf(entry: Entry, above: readonly string[] = []): Promise<SurfaceEntry[]> {
  const found = await loaded(entry);
  const path = [...above, found.name];
  const common = Object.values(globalOptions).map(optionFacts);
  if (found.kind === "command") {
    const own = Object.values(found.options).map(optionFacts);
    const args = Object.entries(found.arguments).map(([key, spec]) => argumentFacts(key, spec));
    return [{ path: path.join(" "), kind: "command", arguments: args, options: [...own, ...without(common, own)] }];
  }
  const own = above.length === 0 ? Object.values(topOptions).map(optionFacts) : [];
  const below = await Promise.all(
    found.commands.filter(({ hidden }) => !hidden).map((command) => surfaceOf(command, path)),
  );
  return [{ path: path.join(" "), kind: "group", arguments: [], options: [...own, ...common] }, ...below.flat()];
}

/** A flag that the command has for itself no longer means what it means elsewhere. */
function without(common: readonly SurfaceOption[], own: readonly SurfaceOption[]): SurfaceOption[] {
  const taken = new Set(own.flatMap(({ flags }) => flags));
  return common.map((option) => ({ ...option, flags: option.flags.filter((flag) => !taken.has(flag)) }));
}

function argumentFacts(key: string, { required, variadic, type }: ArgumentSpec): SurfaceArgument {
  return {
    name: key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    ...(required ? {} : { required: false }),
    ...(variadic ? { nargs: -1 } : {}),
    ...typeFacts(type),
  };
}

function optionFacts({ flags, off = [], kind, required, multiple, default: value, type }: OptionSpec): SurfaceOption {
  return {
    flags: [...flags, ...off],
    kind,
    ...(required ? { required } : {}),
    ...(multiple ? { multiple } : {}),
    ...(value === undefined ? {} : { default: value }),
    ...typeFacts(type),
  };
}

const typeFacts = ({ name, choices }: OptionSpec["type"]): { type?: SurfaceType } =>
  choices ? { type: { choices } } : name ? { type: name } : {};
