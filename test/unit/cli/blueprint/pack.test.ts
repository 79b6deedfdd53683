import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { list } from "tar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withPackedFolder } from "../../../../src/cli/blueprint/pack.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cfy-pack-test-"));
  writeFileSync(join(folder, "blueprint.yaml"), "tosca_definitions_version: cloudify_dsl_1_5\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("packing a blueprint's folder", () => {
  it("makes one top directory of it, and keeps nothing afterwards", async () => {
    const names: string[] = [];
    await withPackedFolder(folder, {}, async (file) => {
      await list({ file, onReadEntry: ({ path }) => void names.push(path) });
    });
    expect(names).toEqual([`${basename(folder)}/`, `${basename(folder)}/blueprint.yaml`]);
  });

  it("puts a picture among its files, and leaves the folder itself as it is", async () => {
    const picture = join(folder, "..", `${basename(folder)}.png`);
    writeFileSync(picture, "picture");
    const names: string[] = [];
    await withPackedFolder(folder, { icon: picture }, async (file) => {
      await list({ file, onReadEntry: ({ path }) => void names.push(path) });
    });
    rmSync(picture);
    expect(names.sort()).toEqual(["", "blueprint.yaml", "icon.png"].map((name) => `${basename(folder)}/${name}`));
    expect(readdirSync(folder)).toEqual(["blueprint.yaml"]);
  });

  it("refuses a folder that holds profiles, such as a home directory", async () => {
    mkdirSync(join(folder, ".cloudify/profiles"), { recursive: true });
    writeFileSync(join(folder, ".cloudify/active.profile"), "prod");
    await expect(withPackedFolder(folder, {}, async () => {})).rejects.toMatchObject({
      code: "unsafe_blueprint_folder",
    });
  });

  it("refuses a link that leads out of the folder", async () => {
    symlinkSync("/etc/hostname", join(folder, "host"));
    await expect(withPackedFolder(folder, {}, async () => {})).rejects.toMatchObject({ code: "unsafe_blueprint_link" });
  });

  it("refuses more files than the server takes", async () => {
    await expect(withPackedFolder(folder, { limits: { files: 0 } }, async () => {})).rejects.toMatchObject({
      code: "blueprint_too_large",
    });
  });
});
