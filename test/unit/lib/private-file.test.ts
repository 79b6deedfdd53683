import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makePrivateDirectory, writePrivateFile } from "../../../src/lib/private-file.ts";
import { temporaryDirectory } from "../../helpers/directory.ts";

describe("a private directory", () => {
  it("is made with those above it, for its owner alone, and may be there already", async () => {
    const path = join(temporaryDirectory(), "a", "b", "c");
    await Promise.all([makePrivateDirectory(path), makePrivateDirectory(path)]);
    await makePrivateDirectory(path);
    expect([path, join(path, "..")].map((each) => statSync(each).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  it("cannot be made below a file, or where the system lets nobody make one", async () => {
    const file = join(temporaryDirectory(), "file");
    writeFileSync(file, "");
    await expect(makePrivateDirectory(join(file, "a"))).rejects.toMatchObject({ code: "ENOTDIR" });
    await expect(makePrivateDirectory("/proc/nobody/a/b")).rejects.toThrow();
  });
});

describe("a private file", () => {
  it("is for its owner alone, also where an older one was for everybody", async () => {
    const path = join(temporaryDirectory(), "a", "file");
    await writePrivateFile(path, "one");
    expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual(["one", 0o600]);
    const older = join(temporaryDirectory(), "file");
    writeFileSync(older, "older", { mode: 0o644 });
    await writePrivateFile(older, "two");
    expect([readFileSync(older, "utf8"), statSync(older).mode & 0o777]).toEqual(["two", 0o600]);
  });

  it("may be written several times at once: one of them is there in the end, whole", async () => {
    const directory = temporaryDirectory();
    const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
    await Promise.all(contents.map((content) => writePrivateFile(join(directory, "file"), content)));
    expect(contents).toContain(readFileSync(join(directory, "file"), "utf8"));
    expect(readdirSync(directory)).toEqual(["file"]);
  });

  it("that cannot be put in place leaves nothing behind", async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "taken"));
    await expect(writePrivateFile(join(directory, "taken"), "x")).rejects.toMatchObject({ code: "EISDIR" });
    expect(readdirSync(directory)).toEqual(["taken"]);
  });
});
