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
interface Planted {
  path: string;
  text?: string;
  link?: string;
  /** Of a tar's member; a link's is 2 when it is symbolic. */
  type?: string;
}
const LINK_MODE = 0o120777;
const zipOf = (entries: Planted[]) =>
  zip((file) => {
    for (const { path, text = "", link } of entries)
      file.addBuffer(Buffer.from(link ?? text), path, { mode: link === undefined ? 0o100600 : LINK_MODE });
  });
/** Written by hand: no packer writes such archives. */
const tarOf = async (entries: Planted[]) => {
  const blocks = entries.flatMap(({ path, text = "", link = "", type = link === "" ? "0" : "2" }) => {
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write("0000600\0", 100);
    header.write(`${text.length.toString(8).padStart(11, "0")}\0`, 124);
    header.write("00000000000\0        ", 136);
    header.write(type, 156);
    header.write(link, 157);
    header.write("ustar\x0000", 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return [header, Buffer.from(text.padEnd(Math.ceil(text.length / 512) * 512, "\0"))];
  });
  await writeFile(join(work, "a.tar"), Buffer.concat([...blocks, Buffer.alloc(1024)]));
  return join(work, "a.tar");
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

  it.each([
    ["zip", async (entries: Planted[]) => zipOf(entries)],
    ["tar", async (entries: Planted[]) => tarOf(entries)],
  ])("when a %s puts a file behind a link, whichever way the link seems to lead", async (_, pack) => {
    const archive = await pack([
      { path: "app/blueprint.yaml", text: "x" },
      { path: "app/a/b/c/up", link: "../../.." },
      { path: "app/a/b/c/up/out", link: "../../../../.." },
      { path: "app/a/b/c/up/out/planted", text: "x" },
    ]);
    await refuses(archive, "leads through a link");
    expect(await readdir(work)).not.toContain("planted");
  });

  it("when the name of a link is written in other letters where a file is put behind it", async () => {
    const entries = [
      { path: "app/blueprint.yaml", text: "x" },
      { path: "app/There", link: "a" },
      { path: "app/there/planted", text: "x" },
    ];
    await refuses(await zipOf(entries), "leads through a link");
  });

  it("when a link leads up from behind another link", async () => {
    const entries = [
      { path: "app/blueprint.yaml", text: "x" },
      { path: "app/a/b/up", link: "../.." },
      { path: "app/out", link: "a/b/up/../.." },
    ];
    await refuses(await zipOf(entries), "leads out of");
  });

  it.each(["..", "../other"])("when a link leads to what will be beside it: %s", async (link) => {
    await refuses(
      await zipOf([
        { path: "app/blueprint.yaml", text: "x" },
        { path: "app/l", link },
      ]),
      "leads out of",
    );
  });

  it("when the target of a link is longer than any path", async () => {
    const entries = [
      { path: "app/blueprint.yaml", text: "x" },
      { path: "app/l", link: "a/".repeat(3000) },
    ];
    await refuses(await zipOf(entries), "is too long");
  });

  it("when a path or the target of a link is deeper than any folder", async () => {
    const [main, deep] = [{ path: "app/blueprint.yaml", text: "x" }, "a/".repeat(200)];
    await refuses(await zipOf([main, { path: `app/${deep}x`, text: "x" }]), "is too long");
    await refuses(await zipOf([main, { path: "app/l", link: `${deep}x` }]), "is too long");
  });

  it("when it holds a hard link or a device", async () => {
    const hard = tarOf([
      { path: "app/blueprint.yaml", text: "x" },
      { path: "app/h", link: "/etc/passwd", type: "1" },
    ]);
    await refuses(await hard, "neither a file");
    const device = tarOf([
      { path: "app/blueprint.yaml", text: "x" },
      { path: "app/d", type: "3" },
    ]);
    await refuses(await device, "neither a file");
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
    const zipped = await zipOf([{ path: "app/blueprint.yaml", text: "more than ten bytes" }]);
    for (const each of [archive, zipped]) {
      await expect(extractArchive(each, join(work, "out/bp"), { bytes: 10, files: 100 })).rejects.toEqual(
        refused("at most"),
      );
      await expect(extractArchive(each, join(work, "out/bp"), { bytes: 1000, files: 0 })).rejects.toEqual(
        refused("at most"),
      );
    }
  });
});
