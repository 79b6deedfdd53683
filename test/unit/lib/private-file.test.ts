import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makePrivateDirectory } from "../../../src/lib/private-file.ts";
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
