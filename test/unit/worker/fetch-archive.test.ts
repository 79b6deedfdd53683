import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { shownUrl } from "../../../src/lib/address.ts";
import { fetchArchive } from "../../../src/worker/internal/fetch-archive.ts";

async function aPlace() {
  const directory = await mkdtemp(join(tmpdir(), "fetch-"));
  await mkdir(join(directory, "bp"));
  await writeFile(join(directory, "bp/blueprint.yaml"), "tosca_definitions_version: cloudify_dsl_1_5\n");
  execFileSync("tar", ["-C", directory, "-czf", join(directory, "bp.tar.gz"), "bp"]);
  const archive = await readFile(join(directory, "bp.tar.gz"));
  const server = createServer((request, response) => {
    if (request.url === "/bp.tar.gz") response.end(archive);
    else if (request.url === "/for-bob") {
      const expected = `Basic ${Buffer.from("bob:p@ss").toString("base64")}`;
      if (request.headers.authorization === expected) response.end(archive);
      else response.writeHead(401).end();
    } else if (request.url === "/page") response.end("<html>");
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.close();
    await rm(directory, { recursive: true, force: true });
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: (path: string) => `http://127.0.0.1:${port}${path}`, target: join(directory, "archive"), server };
}

it("an archive is fetched from its address, and named for what it is", async () => {
  const { url, target } = await aPlace();
  await fetchArchive(url("/bp.tar.gz"), target, "bp");
  expect(await readdir(target)).toEqual(["bp.tar.gz"]);
});

it("credentials in an address are brought along", async () => {
  const { url, target } = await aPlace();
  await fetchArchive(url("/for-bob").replace("http://", "http://bob:p%40ss@"), target, "bp");
  expect(await readdir(target)).toEqual(["bp.tar.gz"]);
});

it.each([
  ["an address that is not there", (url: (path: string) => string) => url("/nosuch"), /answered 404/],
  ["a page", (url: (path: string) => string) => url("/page"), /no archive/],
  ["a server that does not run", () => "http://127.0.0.1:1/bp.zip", /cannot be fetched from http:\/\/127.0.0.1:1/],
  ["a file", () => "file:///etc/passwd", /only http and https/],
])("%s is refused with the reason, and leaves nothing", async (_, addressOf, reason) => {
  const { url, target } = await aPlace();
  await expect(fetchArchive(addressOf(url), target, "bp")).rejects.toThrow(reason);
  expect(await readdir(target).catch(() => [])).toEqual([]);
});

it("credentials in an address are not told", () => {
  expect(shownUrl("https://user:pass@example.org/bp.zip?token=x")).toBe("https://example.org/bp.zip");
});
