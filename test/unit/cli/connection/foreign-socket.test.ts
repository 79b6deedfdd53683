import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { refuseForeignSocket } from "../../../../src/cli/connection/foreign-socket.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";

const ME = process.getuid?.() ?? 0;

function belowTmp(): string {
  const directory = mkdtempSync("/tmp/cfy-foreign-");
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

it("a socket in a folder of one's own below /tmp is used, and so is one that is not there yet", async () => {
  await refuseForeignSocket(join(belowTmp(), "server.sock"));
  await refuseForeignSocket("/tmp/cfy-nobody-has-made-it/server.sock");
});

it("a socket in a folder of somebody else below /tmp is refused", async () => {
  await expect(refuseForeignSocket(join(belowTmp(), "server.sock"), ME + 1)).rejects.toMatchObject({
    code: "foreign_socket",
  });
});

it("a link below /tmp is refused", async () => {
  const link = `${belowTmp()}-link`;
  symlinkSync(temporaryDirectory(), link);
  onTestFinished(() => rmSync(link));
  await expect(refuseForeignSocket(join(link, "server.sock"))).rejects.toMatchObject({ code: "foreign_socket" });
});

it("a home elsewhere may belong to another user", async () => {
  await refuseForeignSocket(join(temporaryDirectory(), "below", "server.sock"), ME + 1);
});
