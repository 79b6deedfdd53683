import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { coloursFor, processIo } from "../../../src/cli/process-io.ts";
import { temporaryDirectory } from "../../helpers/directory.ts";

describe("what a terminal gets", () => {
  const written = (isTTY: boolean, text: string): string => {
    let all = "";
    const stream = { isTTY, write: (part: string) => (all += part) };
    const host = { stdin: stream, stdout: stream, stderr: stream, pid: 1, kill: () => true, exitCode: 0 };
    processIo(host as never, { CFY_WORKDIR: "/nowhere" }, []).stdout.write(text);
    return all;
  };

  it.each([
    ["colours", "\u001b[31mred\u001b[0m \u001b[38;5;8mgrey\u001b[39m", undefined],
    ["lines, tabs and what is written in any script", "a\r\n\tü 日本 👩‍👩‍👧 שלום\n", undefined],
    ["signs for what would move the cursor", "a\rb\u0008\u001b[2Jc", "a␍b␈␛[2Jc"],
    [
      "signs for what would write the clipboard or the title",
      "\u001b]52;c;eA==\u0007\u001b]0;x\u001b\\",
      "␛]52;c;eA==␇␛]0;x␛\\",
    ],
    ["no control characters of 8 bits", "\u009b2J\u0085", "\ufffd2J\ufffd"],
    ["letters in the order in which they stand", "a\u202egpj.exe\u2066", "a\ufffdgpj.exe\ufffd"],
  ])("is %s", (_, text, shown = text) => {
    expect(written(true, text)).toBe(shown);
    expect(written(false, text)).toBe(text);
  });
});

const terminal = { isTTY: true };
const pipe = { isTTY: false };

describe("colours", () => {
  it.each<[string, { isTTY: boolean }, Record<string, string>, string[], boolean]>([
    ["are on for a terminal", terminal, {}, [], true],
    ["are off for a pipe", pipe, {}, [], false],
    ["are off with NO_COLOR", terminal, { NO_COLOR: "1" }, [], false],
    ["are on with an empty NO_COLOR", terminal, { NO_COLOR: "" }, [], true],
    ["are off on a dumb terminal", terminal, { TERM: "dumb" }, [], false],
    ["are off with CLICOLOR=0", terminal, { CLICOLOR: "0" }, [], false],
    ["are on in a pipe with FORCE_COLOR", pipe, { FORCE_COLOR: "1" }, [], true],
    ["are off with FORCE_COLOR=0", terminal, { FORCE_COLOR: "0" }, [], false],
    ["are on in a pipe with CLICOLOR_FORCE", pipe, { CLICOLOR_FORCE: "1" }, [], true],
    ["are off when NO_COLOR and FORCE_COLOR disagree", pipe, { NO_COLOR: "1", FORCE_COLOR: "1" }, [], false],
    ["are on with --color always, whatever the environment says", pipe, { NO_COLOR: "1" }, ["--color", "always"], true],
    ["are off with --color=never", terminal, { FORCE_COLOR: "1" }, ["x", "--color=never"], false],
    ["are off with --no-color", terminal, {}, ["--no-color"], false],
    ["are not what follows --", terminal, {}, ["--", "--no-color"], true],
  ])("%s", (_name, stream, env, words, expected) => {
    expect(coloursFor(stream, { CFY_WORKDIR: "/nowhere", ...env }, words)).toBe(expected);
  });

  it("are off when config.yaml says so, unless the command line or the environment wants them", () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, ".cloudify"));
    writeFileSync(join(directory, ".cloudify/config.yaml"), "# mine\ncolors: false\n");
    const env = { CFY_WORKDIR: directory };
    expect(coloursFor(terminal, env, [])).toBe(false);
    expect(coloursFor(terminal, env, ["--color=always"])).toBe(true);
    expect(coloursFor(terminal, { ...env, FORCE_COLOR: "1" }, [])).toBe(true);
  });
});
