import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { root } from "../../../src/cli/commands/index.ts";
import { EXIT_CODE_MEANINGS } from "../../../src/cli/exit-code.ts";
import { type SurfaceEntry, surfaceOf } from "../../../src/cli/help/surface.ts";
import { runProgram } from "../../../src/cli/program.ts";
import { ConnectionError } from "../../../src/client/errors.ts";
import type { Transport } from "../../../src/client/index.ts";
import { acceptingManager } from "../../helpers/accepting-manager.ts";
import { world } from "../../helpers/cfy.ts";
import { temporaryDirectory } from "../../helpers/directory.ts";

const DOCUMENTED = new Set<number>(EXIT_CODE_MEANINGS.map(({ code }) => code));

/** These start, stop or are a real server. */
const APART = /^cfy (server|worker)\b/;

let commands: SurfaceEntry[];
beforeAll(async () => {
  commands = (await surfaceOf(root)).filter(({ kind, path }) => kind === "command" && !APART.test(path));
});

const word = fc.oneof(
  fc.constantFrom("app", "E1", "1", "-1", "a=1", "{}", "", "a:b", "--", "-", "--nonsense", "-zz", "2026-01-01", "日本"),
  fc.string({ maxLength: 6 }),
);

/** A command with some of its options, their values right or wrong, in any order. */
const commandLine = fc
  .record({
    at: fc.nat(),
    options: fc.array(fc.tuple(fc.nat(), word), { maxLength: 4 }),
    words: fc.array(word, { maxLength: 3 }),
  })
  .map(({ at, options, words }) => {
    const command = commands[at % commands.length];
    if (!command) return [];
    const given = options.flatMap(([which, value]) => {
      const option = command.options[which % command.options.length];
      const [flag] = option?.flags ?? [];
      return flag === undefined ? [] : option?.kind === "value" ? [flag, value] : [flag];
    });
    const required = command.options.flatMap((option) => (option.required ? [option.flags[0] ?? "", "app"] : []));
    return [...command.path.split(" ").slice(1), ...required, ...given, ...words];
  });

/** A manager that does not answer. */
const unreachable: Transport = {
  send: () =>
    Promise.reject(
      new ConnectionError({ kind: "refused", message: "connection refused", sent: false, address: "http://nowhere" }),
    ),
  close: () => {},
};

async function run(words: readonly string[], directory: string, manager: Transport) {
  const { world: around, written } = world({ env: { CFY_WORKDIR: directory, HOME: directory } });
  const code = await runProgram(root, words, around, async () => {
    const { clientOver } = await import("../../../src/client/client.ts");
    return () => clientOver(manager, { attempts: 1 });
  });
  return { code, ...written() };
}

it("no command line crashes: it ends with a documented code and never with a trace of the program", async () => {
  const directory = temporaryDirectory();
  await fc.assert(
    fc.asyncProperty(commandLine, async (words) => {
      const { code, stderr } = await run(words, directory, unreachable);
      expect(DOCUMENTED).toContain(code);
      expect(stderr).not.toMatch(
        /TypeError|ReferenceError|RangeError|Cannot read prop|is not a function|where in the program/,
      );
    }),
    { numRuns: 600 },
  );
});

it("with --json stdout holds JSON or nothing, and an error is one JSON object on stderr", async () => {
  const directory = temporaryDirectory();
  await fc.assert(
    fc.asyncProperty(commandLine, async (words) => {
      fc.pre(!words.some((each) => ["-h", "--help", "--format", "-o", "--output", "--json-output"].includes(each)));
      const { code, stdout, stderr } = await run(["--json", ...words], directory, unreachable);
      if (stdout !== "") JSON.parse(stdout);
      if (code !== 0) expect(JSON.parse(stderr.trim().split("\n").at(-1) ?? "")).toHaveProperty("error.message");
    }),
    { numRuns: 400 },
  );
});

it("where the manager grants everything, --json is one document, or events as lines", async () => {
  const directory = temporaryDirectory();
  // What a download or an export writes belongs to no test.
  const writes = new Set(commands.filter(({ options }) => options.some(writesFile)).map(({ path }) => path));
  await fc.assert(
    fc.asyncProperty(commandLine, async (words) => {
      fc.pre(!words.some((each) => ["--format", "-o", "--output", "--json-output"].includes(each)));
      fc.pre(![...writes].some((path) => `cfy ${words.join(" ")} `.startsWith(`${path} `)));
      const { code, stdout, stderr } = await run(["--json", ...words], directory, acceptingManager());
      expect(DOCUMENTED).toContain(code);
      expect(stderr).not.toMatch(/TypeError|ReferenceError|where in the program/);
      if (code === 0 && stdout !== "") expect(isJson(stdout) || stdout.trimEnd().split("\n").every(isJson)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

const writesFile = ({ flags }: { flags: readonly string[] }): boolean =>
  flags.some((flag) => ["--output-path", "--output-file"].includes(flag));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
