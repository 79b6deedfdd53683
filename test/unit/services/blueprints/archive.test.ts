import { execFileSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { archiveKind, extractArchive } from "../../../../src/services/blueprints/archive.ts";

let work: string;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), "archive-"));
  await mkdir(join(work, "app/scripts"), { recursive: true });
  await writeFile(join(work, "app/blueprint.yaml"), "tosca_definitions_version: cloudify_dsl_1_5\n");
  await writeFile(join(work, "app/scripts/start.sh"), "#!/bin/sh\n", { mode: 0o755 });
});
afterEach(() => rm(work, { recursive: true, force: true }));

const tar = (archive: string, ...args: string[]) => {
  execFileSync("tar", ["-C", work, ...args.slice(0, 1), join(work, archive), ...args.slice(1)], { stdio: "ignore" });
  return join(work, archive);
};
const zip = async (fill: (zip: ZipFile) => void) => {
  const file = new ZipFile();
  fill(file);
  file.end();
  await pipeline(file.outputStream, createWriteStream(join(work, "a.zip")));
  return join(work, "a.zip");
};
const extract = async (archive: string) => {
  await extractArchive(archive, join(work, "out/bp"));
  return join(work, "out/bp");
};
const refused = (message: string) =>
  expect.objectContaining({ code: "invalid_blueprint_error", message: expect.stringContaining(message) });

describe("a blueprint archive", () => {
  it.each([
    ["a.tar", "-cf", "tar"],
    ["a.tar.gz", "-czf", "tar.gz"],
    ["a.tar.bz2", "-cjf", "tar.bz2"],
  ])("%s is unpacked, its top directory left out", async (name, flags, kind) => {
    const archive = tar(name, flags, "app");
    expect(await archiveKind(archive)).toBe(kind);
    const directory = await extract(archive);
    expect((await readdir(directory)).toSorted()).toEqual(["blueprint.yaml", "scripts"]);
    expect((await stat(join(directory, "scripts/start.sh"))).mode & 0o100).toBe(0o100);
  });

  it("may be a zip, and scripts stay executable", async () => {
    const archive = await zip((file) => {
      file.addFile(join(work, "app/blueprint.yaml"), "app/blueprint.yaml");
      file.addFile(join(work, "app/scripts/start.sh"), "app/scripts/start.sh");
    });
    const directory = await extract(archive);
    expect((await stat(join(directory, "scripts/start.sh"))).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory, "blueprint.yaml"))).mode & 0o777).toBe(0o600);
  });

  it("may hold links that stay inside", async () => {
    await symlink("scripts/start.sh", join(work, "app/start"));
    expect(await readFile(join(await extract(tar("a.tar", "-cf", "app")), "start"), "utf8")).toBe("#!/bin/sh\n");
  });

  it("replaces what an earlier upload left", async () => {
    await mkdir(join(work, "out/bp"), { recursive: true });
    await writeFile(join(work, "out/bp/old.yaml"), "");
    expect(await readdir(await extract(tar("a.tar", "-cf", "app")))).not.toContain("old.yaml");
  });
});

describe("an archive is refused, and leaves nothing behind,", () => {
  const refuses = async (archive: string, message: string) => {
    await expect(extract(archive)).rejects.toEqual(refused(message));
    await expect(readdir(join(work, "out")).catch(() => [])).resolves.toEqual([]);
  };

  it("when a path leads out of it", async () => {
    await writeFile(join(work, "evil"), "x");
    await refuses(tar("a.tar", "-cf", "app", "-P", "--transform=s,^evil,../evil,", "evil"), "leads out of");
  });

  it("when a path is absolute", async () => {
    await writeFile(join(work, "evil"), "x");
    await refuses(tar("a.tar", "-cf", "app", "-P", join(work, "evil")), "leads out of");
  });

  it("when a link leads out of it", async () => {
    await symlink("../../../etc/passwd", join(work, "app/passwd"));
    await refuses(tar("a.tar", "-cf", "app"), "leads out of");
  });

  it("when an absolute link leads out of it", async () => {
    await symlink("/etc/passwd", join(work, "app/passwd"));
    await refuses(tar("a.tar", "-cf", "app"), "leads out of");
  });

  it("when it has two directories at its top", async () => {
    await mkdir(join(work, "other"));
    await refuses(tar("a.tar", "-cf", "app", "other"), "exactly one directory at its top, but contains: app, other");
  });

  it("when it has only a file at its top", async () => {
    await writeFile(join(work, "blueprint.yaml"), "x");
    await refuses(tar("a.tar", "-cf", "blueprint.yaml"), "exactly one directory");
  });

  it("when its directory is empty", async () => {
    await mkdir(join(work, "empty"));
    await refuses(tar("a.tar", "-cf", "empty"), "is empty");
  });

  it.each([
    ["no bytes at all", "", "is empty"],
    ["plain text", "tosca_definitions_version: 1\n", "no archive"],
    ["a cut zip", "PK\u0003\u0004xxxx", "cannot be read"],
  ])("when it is %s", async (_, content, message) => {
    await writeFile(join(work, "a"), content);
    await refuses(join(work, "a"), message);
  });

  it("when it unpacks to more than is allowed", async () => {
    const archive = tar("a.tar", "-cf", "app");
    await expect(extractArchive(archive, join(work, "out/bp"), { bytes: 10, files: 100 })).rejects.toEqual(
      refused("at most"),
    );
  });
});
