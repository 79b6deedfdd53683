import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../../../../src/cli/commands/index.ts";
import { manualPages } from "../../../../src/cli/help/man.ts";
import { surfaceOf } from "../../../../src/cli/help/surface.ts";
import { topics } from "../../../../src/cli/help/topics.ts";
import { cfy } from "../../../helpers/cfy.ts";

let pages: Map<string, string>;
beforeAll(async () => {
  pages = await manualPages(root);
});

const format = (page: string, ...options: string[]) =>
  spawnSync("groff", ["-man", "-Tutf8", ...options], { input: page, encoding: "utf8" });
const hasGroff = spawnSync("groff", ["--version"]).status === 0;

describe("the manual", () => {
  it("has a page for every entry of the top level, and on it every command", async () => {
    const commands = (await surfaceOf(root)).filter(({ kind, path }) => kind === "command" && path !== "cfy");
    for (const { path } of commands) {
      const [, entry] = path.split(" ");
      expect(pages.get(`cfy-${entry}`)).toContain(`\\fB${path.replaceAll("-", "\\-")} [OPTIONS]`);
    }
  });

  it("tells every topic on the page of the program", () => {
    for (const { name } of topics)
      expect(pages.get("cfy")).toContain(`.SH "${name.toUpperCase().replaceAll("-", " ")}"`);
  });

  it.runIf(hasGroff)("is formatted without a warning", () => {
    for (const [name, page] of pages) {
      const { status, stderr } = format(page, "-ww", "-z");
      expect({ name, status, stderr }).toEqual({ name, status: 0, stderr: "" });
    }
  });

  it.runIf(hasGroff)("keeps what means something to the formatter", async () => {
    const text = format(pages.get("cfy") ?? "", "-P-cbou").stdout;
    expect(text).toContain("--columns NAME,…");
    expect(text).toContain("\\; is a semicolon");
    expect(text).toContain("'key: 1'");
  });
});

it("help --man prints the page that man would show", async () => {
  expect((await cfy("help --man")).stdout).toBe(pages.get("cfy"));
  expect((await cfy("help executions start --man")).stdout).toBe(pages.get("cfy-executions"));
  expect(await cfy("help nonsense --man")).toMatchObject({ code: 2 });
});
