import type { ArgumentSpec } from "./argument.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import type { OptionSpec } from "./option.ts";
import type { Column } from "./output/column.ts";
import type { SpecialFormat } from "./output/format.ts";

export { argument } from "./argument.ts";
export { choice, decimal, duration, flag, natural, path, text, valued } from "./option.ts";

export type Arguments = Readonly<Record<string, ArgumentSpec>>;
export type Options = Readonly<Record<string, OptionSpec>>;

/** The values that the specs of a table read. */
export type ValuesOf<S> = {
  -readonly [Key in keyof S]: S[Key] extends { read(given: readonly string[]): infer T } ? T : never;
};

/** What `run` is given: every argument and option by its property name. */
export type ArgsOf<A extends Arguments, O extends Options> = ValuesOf<A> & ValuesOf<O>;

/** `["cfy executions list -d app", "those of one deployment"]` */
export type Example = readonly [line: string, meaning: string];

interface Described {
  name: string;
  /** One line, no full stop: what it does, in the imperative. */
  summary: string;
  /** More, for the command's own help page. */
  description?: string;
  examples?: readonly Example[];
  /** Works, but help and completion leave it out. */
  hidden?: boolean;
  /** Not in the original: an abbreviation never means it while it also means one of the original's. */
  addition?: boolean;
}

interface CommandConfig<A extends Arguments, O extends Options> extends Described {
  arguments?: A;
  options?: O;
  /** Property names of which at most one may be given. */
  exclusive?: readonly (readonly (keyof A | keyof O)[])[];
  /** One tenant and all of them may be given at once; elsewhere these exclude each other. */
  tenantsTogether?: boolean;
  /** The columns its rows have: help lists them and `--columns` completes them. */
  columns?: readonly Column<never>[];
  /** Special formats that it writes, too. */
  formats?: readonly SpecialFormat[];
  run(ctx: Context, args: ArgsOf<A, O>): ExitCode | Promise<ExitCode>;
}

/** A command of any arguments, as the program, help and completion see it. */
export interface Command extends Described {
  readonly kind: "command";
  readonly arguments: Arguments;
  readonly options: Options;
  readonly exclusive: readonly (readonly string[])[];
  readonly columns: readonly { key: string }[];
  readonly formats: readonly SpecialFormat[];
  run(ctx: Context, args: Record<string, unknown>): ExitCode | Promise<ExitCode>;
}

export interface Group extends Described {
  readonly kind: "group";
  readonly commands: readonly Entry[];
  /** What the group's own name does with options of this command, where they name none of its commands. */
  readonly otherwise?: Command;
}

/** A group or command whose module is loaded when it is called, not when it is listed. */
export interface Lazy extends Described {
  readonly kind: "lazy";
  load(): Promise<Command | Group>;
}

export type Entry = Command | Group | Lazy;

const TENANTS = ["tenant", "allTenants"];
const VISIBILITIES = ["privateResource", "visibility"];

export function command<
  const A extends Arguments = Record<never, never>,
  const O extends Options = Record<never, never>,
>(config: CommandConfig<A, O>): Command {
  return {
    ...config,
    kind: "command",
    arguments: config.arguments ?? {},
    options: config.options ?? {},
    exclusive: [
      ...(config.tenantsTogether ? [VISIBILITIES] : [VISIBILITIES, TENANTS]),
      ...((config.exclusive ?? []) as readonly (readonly string[])[]),
    ],
    columns: config.columns ?? [],
    formats: config.formats ?? [],
    run: (ctx, args) => config.run(ctx, args as ArgsOf<A, O>),
  };
}

export const group = (config: Omit<Group, "kind">): Group => ({ ...config, kind: "group" });

export const lazy = (config: Described & { load(): Promise<Command | Group> }): Lazy => ({ ...config, kind: "lazy" });
