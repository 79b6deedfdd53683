import type { Client } from "../client/index.ts";
import type { Clock } from "../lib/clock.ts";
import type { Io } from "./io.ts";
import type { Output } from "./output/output.ts";
import type { Prompt } from "./prompt.ts";

export type Env = Readonly<Record<string, string | undefined>>;

export interface ServeOptions {
  /** The directory of everything cfy keeps. */
  root: string;
  env: Env;
  clock: Clock;
  /** Started by a command on its own account: stops by itself when idle. */
  embedded: boolean;
  listen?: { host: string; port: number };
}

export type WorkOptions = Pick<ServeOptions, "root" | "env" | "clock">;

/** The long-lived processes that this program can be. Their modules are loaded when one is asked for. */
export interface Roles {
  /** Serves until the signal, or until idle when embedded. */
  serve(
    options: ServeOptions,
    signal: AbortSignal,
  ): Promise<{ kind: "stopped" | "idle" } | { kind: "already-running"; pid: number | undefined }>;
  /** Runs executions until the signal, or until there is neither work nor a server. */
  work(options: WorkOptions, signal: AbortSignal): Promise<void>;
}

/** One thing that is wrong with a blueprint, and where. Lines and columns count from 1. */
export interface BlueprintFault {
  /** The language's number for it; null where it knows a class only. */
  code: number | null;
  class: string;
  message: string;
  file?: string;
  line?: number;
  column?: number;
  /** Keys from the document's root to the offending element. */
  path: readonly (string | number)[];
  /** What to do about it. */
  hint?: string;
}

/** What a blueprint may say, and hardly means. */
export interface BlueprintWarning {
  rule: string;
  message: string;
  file: string;
  line: number;
  column: number;
  hint: string;
}

/** A plugin that a blueprint has installed. */
export interface BlueprintPlugin {
  name: string;
  /** A URL, or a directory below the blueprint's `plugins`; null: the server has it. */
  source: string | null;
}

/** How faults look where they are shown. */
export interface FaultLook {
  paint(text: string, as: "error" | "warning" | "place" | "hint"): string;
  /** Columns that a text takes. */
  measure(text: string): number;
  /** Columns that there are; undefined: as many as is usual. */
  width: number | undefined;
}

/** A blueprint as a server would read it. With faults it is not valid, and its plugins are not known. */
export interface BlueprintReading {
  faults: readonly BlueprintFault[];
  warnings: readonly BlueprintWarning[];
  plugins: readonly BlueprintPlugin[];
  /** Faults and warnings of this reading with their source lines, the place marked. */
  text(shown: readonly (BlueprintFault | BlueprintWarning)[], look: FaultLook): string;
  /** All of them as a SARIF 2.1.0 log. */
  sarif(): object;
}

/** Where a blueprint lies unpacked. */
export interface BlueprintFolder {
  folder: string;
  /** Path of the main file inside the folder. */
  mainFile: string;
  /** What faults call the folder: as it was written on the command line. */
  folderName: string;
}

export type ReadBlueprint = (blueprint: BlueprintFolder) => Promise<BlueprintReading>;

/** What a run stands in: given from outside, so that a test can be the world. */
export interface World {
  readonly io: Io;
  readonly env: Env;
  readonly clock: Clock;
  /** Aborted by the first Ctrl-C or by SIGTERM; the reason is the signal's name. */
  readonly signal: AbortSignal;
  readonly roles: Roles;
  readonly readBlueprint: ReadBlueprint;
}

/** What a command says about the connection it wants. */
export interface ConnectOptions {
  /** `--tenant-name`: before environment and profile. */
  tenant?: string;
  /** Do not start the embedded server when it does not run; it is then refused. */
  attachOnly?: boolean;
}

/** What a connection needs of the context of its command. */
export type ConnectContext = Pick<Context, "env" | "clock" | "manager" | "verbose" | "warn">;

/** Makes the client of the profile in use; opens no connection yet. */
export type Connect = (ctx: ConnectContext, options: ConnectOptions) => Client;

/** All that a command may touch. */
export interface Context extends World {
  /** Writes results to stdout in the chosen format. */
  readonly output: Output;
  readonly prompt: Prompt;
  /** -1 with `-q`, else how often `-v` was given. */
  readonly verbosity: number;
  /** `--manager`: the one address of a cluster to talk to. */
  readonly manager: string | undefined;
  /** The server of the profile in use; the same client each time it is asked for with the same options. */
  client(options?: ConnectOptions): Client;
  /** A line on stderr about what goes on; silent with `-q` and in machine formats. */
  notice(text: string): void;
  /** A line on stderr about something that may be wrong, as JSON in machine formats; silent with `-q` only. */
  warn(text: string): void;
  /** A line on stderr for those who asked with so many `-v`. */
  verbose(level: number, text: string): void;
}
