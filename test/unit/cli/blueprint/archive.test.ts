import { createWriteStream, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import * as tar from "tar";
import { afterAll, describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { checkArchive } from "../../../../src/cli/blueprint/archive.ts";
import { withPackedFolder } from "../../../../src/cli/blueprint/pack.ts";

const place = mkdtempSync(join(tmpdir(), "cfy-archive-"));
afterAll(() => rmSync(place, { recursive: true }));

function folder(name: string, files: Record<string, string>): string {
  const path = join(place, name);
  mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

async function zip(name: string, files: string[]): Promise<string> {
  const path = join(place, name);
  const archive = new ZipFile();
  for (const file of files) archive.addBuffer(Buffer.from("x"), file);
  archive.end();
  await pipeline(archive.outputStream, createWriteStream(path));
  return path;
}

describe("an archive", () => {
  it("passes when one folder in it holds the main file", async () => {
    const app = folder("app", { "blueprint.yaml": "", "more.yaml": "" });
    await withPackedFolder(app, {}, (archive) => checkArchive(archive, "blueprint.yaml"));
    await checkArchive(await zip("app.zip", ["app/blueprint.yaml"]), "blueprint.yaml");
  });

  it("without the main file is refused, naming the files that may be meant", async () => {
    const app = folder("app", { "blueprint.yaml": "", "more.yaml": "" });
    await expect(withPackedFolder(app, {}, (archive) => checkArchive(archive, "nosuch.yaml"))).rejects.toMatchObject({
      message: expect.stringContaining("nosuch.yaml"),
      hint: [expect.stringContaining("more.yaml")],
    });
  });

  it("that is none is refused", async () => {
    folder("text", { "app.zip": "just words" });
    await expect(checkArchive(join(place, "text/app.zip"), "b.yaml")).rejects.toMatchObject({ code: "not_an_archive" });
  });

  it("with more than one thing at its top is refused", async () => {
    const archive = await zip("flat.zip", ["blueprint.yaml", "scripts/x.sh"]);
    await expect(checkArchive(archive, "blueprint.yaml")).rejects.toMatchObject({ code: "bad_archive_layout" });
  });

  it.each(["../../etc/passwd", "/etc/passwd"])("with a link to %s is refused", async (target) => {
    const app = folder("linked", { "blueprint.yaml": "" });
    rmSync(join(app, "link"), { force: true });
    symlinkSync(target, join(app, "link"));
    const archive = join(place, "linked.tar.gz");
    await tar.create({ gzip: true, file: archive, cwd: place, preservePaths: true }, ["linked"]);
    await expect(checkArchive(archive, "blueprint.yaml")).rejects.toMatchObject({ code: "unsafe_archive" });
  });

  it("with a file above its top is refused", async () => {
    const file = join(place, "above.tar");
    folder("inner", { "blueprint.yaml": "" });
    folder(".", { "evil.txt": "x" });
    await tar.create({ file, cwd: join(place, "inner"), preservePaths: true }, ["../evil.txt"]);
    await expect(checkArchive(file, "blueprint.yaml")).rejects.toMatchObject({ code: "unsafe_archive" });
  });
});

describe("a folder", () => {
  it("is packed under its own name, and the archive is gone afterwards", async () => {
    const app = folder("packed", { "blueprint.yaml": "b" });
    const names: string[] = [];
    const archive = await withPackedFolder(app, {}, async (file) => {
      await tar.list({ file, onReadEntry: ({ path }) => void names.push(path) });
      return file;
    });
    expect(names).toContain("packed/blueprint.yaml");
    await expect(checkArchive(archive, "blueprint.yaml")).rejects.toThrow("ENOENT");
  });

  it.each([
    [{ files: 1 }, "has 2 files"],
    [{ bytes: 3 }, "MB"],
  ])("larger than %j is refused before it is sent", async (limits, message) => {
    const app = folder("large", { "blueprint.yaml": "1234", "b.txt": "" });
    await expect(withPackedFolder(app, { limits }, async () => {})).rejects.toThrow(message);
  });

  it("with a link that leads out of it is refused", async () => {
    const app = folder("outward", { "blueprint.yaml": "" });
    symlinkSync("/etc/passwd", join(app, "secrets"));
    await expect(withPackedFolder(app, {}, async () => {})).rejects.toMatchObject({ code: "unsafe_blueprint_link" });
  });
});
