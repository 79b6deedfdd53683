import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { blueprintSource, defaultBlueprintId } from "../../../../src/cli/blueprint/source.ts";

const place = mkdtempSync(join(tmpdir(), "cfy-source-"));
const app = join(place, "my_app");
mkdirSync(app);
for (const file of ["blueprint.yaml", "other.yaml", "app.tar.gz"]) writeFileSync(join(app, file), "");
afterAll(() => rmSync(place, { recursive: true }));

describe("where a blueprint comes from", () => {
  it.each([
    [
      join(app, "other.yaml"),
      undefined,
      { kind: "folder", folder: app, folderName: app, mainFile: "other.yaml", name: "my_app" },
    ],
    [app, undefined, { kind: "folder", folder: app, folderName: app, mainFile: "blueprint.yaml", name: "my_app" }],
    [app, "other.yaml", { kind: "folder", folder: app, folderName: app, mainFile: "other.yaml", name: "my_app" }],
    [join(app, "app.tar.gz"), "x.yaml", { kind: "archive", mainFile: "x.yaml", name: "app" }],
    ["https://host/path/app.zip", undefined, { kind: "url", url: "https://host/path/app.zip", name: "app" }],
    ["org/repo", undefined, { kind: "url", url: "https://github.com/org/repo/archive/master.tar.gz", name: "repo" }],
    ["org/repo:v1.2", undefined, { kind: "url", url: "https://github.com/org/repo/archive/v1.2.tar.gz" }],
  ])("%s with main file %s", async (word, fileName, expected) => {
    expect(await blueprintSource(word, fileName)).toMatchObject(expected);
  });

  it.each(["nosuch/blueprint.yaml", "./org/repo", "../repo", "org/app.tar.gz", "a/b/c", "nosuch"])(
    "%s looks like a path that leads nowhere, and is no repository",
    async (word) => {
      await expect(blueprintSource(word)).rejects.toMatchObject({ exit: 5 });
    },
  );
});

it("an id that nobody gave comes from the folder, and from the file when it has not the usual name", async () => {
  expect(defaultBlueprintId(await blueprintSource(app))).toBe("my-app");
  expect(defaultBlueprintId(await blueprintSource(app, "other.yaml"))).toBe("my-app.other");
});
