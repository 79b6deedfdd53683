import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FreshHome } from "./fresh-home.ts";
import { Guide, missingLines } from "./guide.ts";

const isStarted = ({ status }: { status: string }): boolean => status === "started";

const guide = new Guide("docs/writing-workflows.md");

describe("the guide to workflows", () => {
  const home = new FreshHome();
  const bin = join(home.path, "bin");
  afterAll(() => home.remove());

  it("shows nothing that is not in the examples", () => {
    expect(guide.unnamed()).toEqual([]);
    const foreign = guide.excerpts().filter(({ file, text }) => !readFileSync(file, "utf8").includes(text));
    expect(foreign.map(({ place, file }) => `${place} is not in ${file}`)).toEqual([]);
  });

  describe("is true of each command, in its order:", () => {
    const steps = guide.steps();
    let printed: string[];

    beforeAll(async () => {
      mkdirSync(bin);
      symlinkSync(resolve("bin/cfy.js"), join(bin, "cfy"));
      symlinkSync(resolve("examples"), join(home.path, "examples"));
      printed = await session(steps.map(({ command }) => command));
    });

    it.each(steps.map((step, index) => ({ ...step, index })))("$ $command", ({ output, index }) => {
      expect(missingLines(output, printed[index] ?? ""), printed[index]).toEqual([]);
    });
  });

  it("shows a workflow that cleans up when it is cancelled", async () => {
    const watch = home.start("executions start watch -d fleet");
    await watch.until("watching");
    const { id } =
      (await home.json<{ id: string; status: string }[]>("executions list -d fleet")).find(isStarted) ?? {};
    expect((await home.cfy(["executions", "cancel", id ?? "none"])).code).toBe(0);
    expect(await watch.ended).toMatchObject({ code: 3, stdout: expect.stringContaining("cleaning up") });
  });

  it("packs a plugin that requires the framework; that such a one gets it is tested with another", async () => {
    const run = promisify(execFile);
    const cwd = join(home.path, "packed");
    mkdirSync(cwd);
    await run("python3", [resolve("examples/plugin/pack.py"), "cloudify-common[dispatcher]"], { cwd });
    await run("tar", ["xf", "reporter-1.0-py3-none-any.wgn"], { cwd });
    const wheel = join(cwd, "reporter/wheels/reporter-1.0-py3-none-any.whl");
    await run("python3", ["-m", "zipfile", "-e", wheel, cwd]);
    const metadata = readFileSync(join(cwd, "reporter-1.0.dist-info/METADATA"), "utf8");
    expect(metadata).toContain("Requires-Dist: cloudify-common[dispatcher]");
  });

  /** Runs the commands in one shell; answers what each has printed, on both streams. */
  async function session(commands: readonly string[]): Promise<string[]> {
    const mark = "@@ the next command";
    const script = commands.map((command) => `echo '${mark}'; (exit $code)\n${command}\ncode=$?`).join("\n");
    const env = home.environment({ PATH: `${bin}:${process.env["PATH"]}` });
    const { stdout } = await promisify(execFile)("bash", ["-c", `exec 2>&1; code=0\n${script}`], {
      cwd: home.path,
      env,
    });
    return stdout.split(`${mark}\n`).slice(1);
  }
});
