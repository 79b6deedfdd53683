import { appendFileSync, chmodSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { presentFile, untouchedFile } from "../../../src/lib/present-file.ts";
import { temporaryDirectory } from "../../helpers/directory.ts";

function aFile() {
  const path = join(temporaryDirectory(), "file");
  writeFileSync(path, "one");
  const replace = () => {
    writeFileSync(`${path}.new`, "other");
    renameSync(`${path}.new`, path);
  };
  return { path, replace };
}

it.each([presentFile, untouchedFile])(
  "a file that another has replaced is not there any more (%s)",
  async (question) => {
    const { path, replace } = aFile();
    const isThere = await question(path);
    expect(await isThere()).toBe(true);
    replace();
    expect(await isThere()).toBe(false);
  },
);

it("a file that is written to is there, one that was removed is not", async () => {
  const { path } = aFile();
  const isThere = await presentFile(path);
  appendFileSync(path, "more");
  chmodSync(path, 0o600);
  expect(await isThere()).toBe(true);
  rmSync(path);
  expect(await isThere()).toBe(false);
});
