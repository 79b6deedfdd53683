import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** A body as recorded. Of an upload only a digest may be left. */
export type RecordedBody =
  | { json: unknown }
  | { text: string }
  | { binary: { length: number } }
  | { multipart: { headers: string[]; body: RecordedBody }[] }
  | null;

export interface Exchange {
  method: string;
  path: string;
  query: [name: string, value: string][];
  headers: Record<string, string>;
  body: RecordedBody;
  status: number;
  response_headers: Record<string, string>;
  response: { json: unknown } | { text: string } | { binary: { length: number } } | { $same_as_previous: true } | null;
}

/** One run of a command line against a manager: what was typed, what went over the wire, how it ended. */
export interface Recording {
  name: string;
  argv: string[];
  env: Record<string, string>;
  profile: string;
  exit_code: number;
  exchanges: Exchange[];
  /** What it printed, where that was JSON and no exchange says what it was made of. */
  answer?: unknown;
}

interface RecordingFile extends Omit<Recording, "argv"> {
  argv: string[] | null;
  /** A plain HTTP request, with no command line behind it. */
  raw?: boolean;
  /** All that it printed. */
  stdout?: string;
}

/** The recordings of a folder that are runs of a command line, in order. */
export function readRecordings(folder: string): Recording[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .flatMap((file) => {
      const recorded = JSON.parse(readFileSync(join(folder, file), "utf8")) as RecordingFile;
      const { argv, raw, env = {}, exchanges = [] } = recorded;
      if (!argv || raw) return [];
      const answer = recorded.answer ?? (exchanges.length === 0 ? jsonIn(recorded.stdout) : undefined);
      return [{ ...recorded, name: basename(file, ".json"), argv, env, exchanges, answer }];
    });
}

/** The JSON that a text is; undefined when it is none. */
export function jsonIn(text: string | undefined): unknown {
  if (!text || !/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The command lines that set up the profile of a recording: changes to it since it was chosen that asked no manager.
 * A profile lives on from one recording to the next.
 */
export function profileChangesBefore(recording: Recording, all: readonly Recording[]): Recording[] {
  const earlier = all.slice(0, all.indexOf(recording)).filter(({ profile }) => profile === recording.profile);
  const chosen = earlier.findLastIndex(({ argv }) => argv[1] === "profiles" && argv[2] === "use");
  return earlier
    .slice(chosen + 1)
    .filter(
      ({ argv, exchanges }) =>
        argv[1] === "profiles" && ["set", "unset"].includes(argv[2] ?? "") && exchanges.length === 0,
    );
}
