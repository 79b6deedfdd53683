import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FreshHome } from "./fresh-home.ts";

const home = new FreshHome();
const project = mkdtempSync(join(tmpdir(), "cfy-library-"));
const inProject = (program: string, ...words: string[]) =>
  execFileSync(program, words, { cwd: project, encoding: "utf8", env: home.environment({ CFY_ENDPOINT: socket }) });
let socket = "";

/** The package as it would be published, put where an install puts it. */
beforeAll(async () => {
  const modules = join(project, "node_modules");
  mkdirSync(join(modules, "cfy"), { recursive: true });
  execFileSync("npm", ["run", "-s", "build:types"], { stdio: "pipe" });
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", project], { stdio: "pipe" });
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  inProject("tar", "xzf", `cfy-${version}.tgz`, "-C", join(modules, "cfy"), "--strip-components=1");
  for (const name of ["@types", "undici-types"]) symlinkSync(resolve("node_modules", name), join(modules, name));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');

  await home.cfy("server start");
  ({ socket } = await home.json<{ socket: string }>("server status"));
}, 400_000);
afterAll(async () => {
  await home.remove();
  rmSync(project, { recursive: true, force: true });
});

it("the example of the documentation compiles against the published types and does what it says", () => {
  const [, example = ""] = /```ts\n([\s\S]*?)```/.exec(readFileSync("docs/client-library.md", "utf8")) ?? [];
  writeFileSync(join(project, "example.ts"), example);
  const options = ["--strict", "--target", "es2022", "--module", "nodenext", "--types", "node"];
  inProject(process.execPath, resolve("node_modules/typescript/bin/tsc"), ...options, "example.ts");

  inProject("tar", "czf", "greeting.tar.gz", "-C", resolve("test/acceptance/blueprints"), "simple");
  const said = inProject(process.execPath, "example.js").trimEnd().split("\n");
  expect(said).toContain("Starting 'install' workflow execution");
  expect(said).toContain("install has terminated");
  expect(said.filter((line) => line.endsWith(" started")).length).toBeGreaterThan(0);
  expect(said.at(-1)).toBe("404 not_found_error");
});
