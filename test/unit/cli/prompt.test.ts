import { describe, expect, it } from "vitest";
import { promptOn } from "../../../src/cli/prompt.ts";
import { world } from "../../helpers/cfy.ts";

describe("a question", () => {
  const terminal = (stdin: string) => world({ tty: 80, stdin }).world.io;

  it.each([
    ["y", true],
    ["YES", true],
    [" yes ", true],
    ["", false],
    ["n", false],
    ["yeah", false],
  ])("that is answered %j means %s", async (answer, meant) => {
    const prompt = promptOn(terminal(`${answer}\n`), new AbortController().signal);
    expect(await prompt.confirm("Delete it?", "--yes")).toBe(meant);
  });

  it.each(["confirm", "secret"] as const)("is not answered by Ctrl-C: %s", async (kind) => {
    const ctrlC = new AbortController();
    const io = terminal("");
    const line = ({ signal }: { signal?: AbortSignal } = {}) =>
      new Promise<undefined>((resolve) => signal?.addEventListener("abort", () => resolve(undefined)));
    const asked = promptOn({ ...io, stdin: { ...io.stdin, line } }, ctrlC.signal)[kind]("Delete it?", "--yes");
    ctrlC.abort("SIGINT");
    await expect(asked).rejects.toBe("SIGINT");
  });

  it("that nobody can be asked is refused, naming what answers it", async () => {
    const prompt = promptOn(world().world.io, new AbortController().signal);
    await expect(prompt.confirm("Delete it?", "--yes does it")).rejects.toMatchObject({
      exit: 2,
      hint: ["--yes does it"],
    });
  });
});
