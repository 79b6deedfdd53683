import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { fileName } from "../../../src/client/download.ts";
import { createClient, fileBody } from "../../../src/client/index.ts";
import { formBody } from "../../../src/client/multipart.ts";
import { temporaryDirectory } from "../../helpers/directory.ts";
import { loopback } from "../../helpers/loopback.ts";

const nobody = { kind: "none" } as const;
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
const sha = (content: Buffer | string) => createHash("sha256").update(content).digest("hex");

describe("an upload", () => {
  it("streams the archive behind its parameters, in the form that managers read", async () => {
    const file = join(temporaryDirectory(), "app.tar.gz");
    writeFileSync(file, bytes);
    const { endpoint, seen } = await loopback(() => ({ status: 201, json: { id: "app" } }));
    const progress: [number, number | undefined][] = [];
    await createClient({ endpoint, authentication: nobody }).blueprints.upload(
      "app",
      { application_file_name: "blueprint.yaml", labels: [{ key: "a", value: "b" }] },
      { archive: await fileBody(file), progress: (...moved) => progress.push(moved) },
    );
    const { headers, body, method, path } = seen[0] ?? expect.fail("nothing was asked");
    expect([method, path, headers["content-length"]]).toEqual(["PUT", "/api/v3.1/blueprints/app", String(body.length)]);
    const boundary = /^multipart\/form-data; boundary=(\w+)$/.exec(String(headers["content-type"]))?.[1];
    const [before, params, archive, after] = body.split(`--${boundary}`);
    expect([before, after]).toEqual(["", "--\r\n"]);
    const [paramsHead, paramsJson] = params?.split("\r\n\r\n") ?? [];
    expect(paramsHead).toBe('\r\nContent-Disposition: form-data; name="params"');
    expect(JSON.parse(paramsJson ?? "")).toEqual({
      visibility: "tenant",
      async_upload: true,
      skip_execution: false,
      application_file_name: "blueprint.yaml",
      labels: [{ key: "a", value: "b" }],
    });
    const head =
      '\r\nContent-Disposition: form-data; name="blueprint_archive"; filename="filename"\r\nContent-Type: text/plain\r\n\r\n';
    expect(archive?.startsWith(head)).toBe(true);
    expect(sha(Buffer.from(archive?.slice(head.length, -2) ?? "", "latin1"))).toBe(sha(bytes));
    expect(progress.at(-1)).toEqual([bytes.length, bytes.length]);
  });

  it("without an archive sends the parameters alone", async () => {
    const { endpoint, seen } = await loopback(() => ({ status: 201, json: {} }));
    const url = "https://example.com/app.tar.gz";
    await createClient({ endpoint, authentication: nobody }).blueprints.upload("app", { blueprint_archive_url: url });
    expect(seen[0]?.body).toMatch(
      /^--\w+\r\nContent-Disposition: form-data; name="params"\r\n\r\n\{.*\}\r\n--\w+--\r\n$/,
    );
  });

  it("goes to another member of the cluster whole, when the first one's gateway has no server", async () => {
    const file = join(temporaryDirectory(), "app.zip");
    writeFileSync(file, bytes);
    const gateway = await loopback(() => ({ status: 502 }));
    const alive = await loopback(() => ({ status: 201, json: {} }));
    const client = createClient({ endpoint: [gateway.endpoint, alive.endpoint], authentication: nobody });
    await client.rest.put("snapshots/s/archive", { body: await fileBody(file) });
    expect(sha(Buffer.from(alive.seen[0]?.body ?? "", "latin1"))).toBe(sha(bytes));
  });

  it("of a file that shrinks meanwhile fails, and says so", async () => {
    const file = join(temporaryDirectory(), "app.zip");
    writeFileSync(file, bytes);
    const body = await fileBody(file);
    writeFileSync(file, "less");
    const { endpoint } = await loopback(() => ({ json: {} }));
    await expect(
      createClient({ endpoint, authentication: nobody }).blueprints.upload(
        "app",
        {},
        { archive: body, progress: () => {} },
      ),
    ).rejects.toThrow(`${file} has shrunk from 300000 to 4 bytes`);
  });

  it("of what can be read once, or has no known length, says so", () => {
    const content = { replayable: false, open: () => Readable.from(["once"]) };
    const { body } = formBody({ name: "params", json: {} }, { name: "archive", content });
    expect([body.replayable, body.length]).toEqual([false, undefined]);
    expect(formBody({ name: "params", json: {} }).body.replayable).toBe(true);
  });

  it("of an empty file is empty", async () => {
    const file = join(temporaryDirectory(), "empty");
    writeFileSync(file, "");
    const { endpoint, seen } = await loopback(() => ({ json: {} }));
    await createClient({ endpoint, authentication: nobody }).rest.put("x", { body: await fileBody(file) });
    expect(seen[0]?.headers["content-length"]).toBe("0");
  });
});

describe("a download", () => {
  const serving = (headers: Record<string, string>, content = bytes) =>
    loopback((_seen, response) => {
      response.writeHead(200, headers);
      response.write(content, () => response.destroy());
      return undefined;
    });
  const named = { "Content-Disposition": 'attachment; filename="app.tar.gz"' };

  it("appears under the server's name in a directory, whole", async () => {
    const to = temporaryDirectory();
    const { endpoint } = await loopback(() => ({ text: bytes, headers: named }));
    const path = await createClient({ endpoint, authentication: nobody }).blueprints.download("app", { to });
    expect(path).toBe(join(to, "app.tar.gz"));
    expect(sha(readFileSync(path))).toBe(sha(bytes));
    expect(readdirSync(to)).toEqual(["app.tar.gz"]);
  });

  it("of a snapshot, which may hold the key of all secrets, is for its owner alone", async () => {
    const to = join(temporaryDirectory(), "s1.zip");
    writeFileSync(to, "older", { mode: 0o644 });
    const { endpoint } = await loopback(() => ({ text: bytes }));
    await createClient({ endpoint, authentication: nobody }).snapshots.download("s1", { to });
    expect([sha(readFileSync(to)), statSync(to).mode & 0o777]).toEqual([sha(bytes), 0o600]);
  });

  it("that breaks off leaves nothing behind, not even over an older file", async () => {
    const directory = temporaryDirectory();
    const to = join(directory, "app.tar.gz");
    writeFileSync(to, "older");
    const { endpoint } = await serving({ ...named, "Content-Length": String(bytes.length + 1) });
    await expect(
      createClient({ endpoint, authentication: nobody }).blueprints.download("app", { to }),
    ).rejects.toMatchObject({
      name: "ConnectionError",
      sent: true,
    });
    expect(readFileSync(to, "utf8")).toBe("older");
    expect(readdirSync(directory)).toEqual(["app.tar.gz"]);
  });

  /** Sends at most so many bytes of what is asked for, then breaks the connection. */
  const breaking = (most: number, { version = (): string => '"v1"', ranges = "bytes" } = {}) =>
    loopback(({ headers }, response) => {
      const etag = version();
      const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
      const isPart = headers.range !== undefined && headers["if-range"] === etag;
      const content = isPart ? bytes.subarray(start) : bytes;
      response.writeHead(isPart ? 206 : 200, {
        ...named,
        "Accept-Ranges": ranges,
        ETag: etag,
        "Content-Length": String(content.length),
      });
      response.write(content.subarray(0, most), () => (content.length > most ? response.destroy() : response.end()));
      return undefined;
    });

  it("that breaks off goes on where it was, as often as it must", async () => {
    const to = temporaryDirectory();
    const { endpoint, seen } = await breaking(90_000);
    const resumed: number[] = [];
    const moved: number[] = [];
    const path = await createClient({ endpoint, authentication: nobody }).blueprints.download("app", {
      to,
      onResume: (at) => resumed.push(at),
      progress: (at) => moved.push(at),
    });
    expect(sha(readFileSync(path))).toBe(sha(bytes));
    expect(readdirSync(to)).toEqual(["app.tar.gz"]);
    expect(seen.slice(1).map(({ headers }) => headers.range)).toEqual(resumed.map((at) => `bytes=${at}-`));
    expect(resumed.length).toBeGreaterThanOrEqual(3);
    expect(moved).toEqual(moved.toSorted((a, b) => a - b));
  });

  it("goes by the time of the last change where the server has no tag for a version", async () => {
    const lastModified = "Thu, 01 Jan 2026 00:00:00 GMT";
    const { endpoint, seen } = await loopback(({ headers }, response) => {
      const start = /^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1];
      const content = bytes.subarray(Number(start ?? 0));
      response.writeHead(start === undefined ? 200 : 206, {
        "Accept-Ranges": "bytes",
        "Last-Modified": lastModified,
        "Content-Length": String(content.length),
      });
      if (start === undefined) response.write(content.subarray(0, 90_000), () => response.destroy());
      else response.end(content);
      return undefined;
    });
    const to = join(temporaryDirectory(), "app.tar.gz");
    const client = createClient({ endpoint, authentication: nobody });
    await client.blueprints.download("app", { to });
    expect(seen[1]?.headers["if-range"]).toBe(lastModified);
    expect(sha(readFileSync(to))).toBe(sha(bytes));
  });

  it("does not join parts of two versions", async () => {
    const to = temporaryDirectory();
    let answers = 0;
    const { endpoint } = await breaking(90_000, { version: () => `"v${++answers}"` });
    await expect(createClient({ endpoint, authentication: nobody }).blueprints.download("app", { to })).rejects.toThrow(
      "has changed while it was downloaded",
    );
    expect(readdirSync(to)).toEqual([]);
  });

  it("that never gets a byte further gives up", async () => {
    const to = temporaryDirectory();
    const { endpoint, seen } = await breaking(0);
    await expect(
      createClient({ endpoint, authentication: nobody }).blueprints.download("app", { to }),
    ).rejects.toMatchObject({ name: "ConnectionError" });
    expect(seen.length).toBe(4);
    expect(readdirSync(to)).toEqual([]);
  });

  it("is not taken up from a server that sends no parts", async () => {
    const { endpoint, seen } = await breaking(90_000, { ranges: "none" });
    const to = temporaryDirectory();
    await expect(
      createClient({ endpoint, authentication: nobody }).blueprints.download("app", { to }),
    ).rejects.toMatchObject({ name: "ConnectionError" });
    expect(seen.length).toBe(1);
  });

  it("that is interrupted leaves nothing behind", async () => {
    const to = temporaryDirectory();
    const controller = new AbortController();
    const { endpoint } = await loopback((_seen, response) => {
      response.writeHead(200, { ...named, "Content-Length": String(bytes.length) });
      response.write(bytes.subarray(0, 1000));
      return undefined;
    });
    const stopped = new Error("interrupted");
    await expect(
      createClient({ endpoint, authentication: nobody }).blueprints.download("app", {
        to,
        signal: controller.signal,
        progress: () => controller.abort(stopped),
      }),
    ).rejects.toBe(stopped);
    expect(readdirSync(to)).toEqual([]);
  });

  it("that is refused makes no file", async () => {
    const to = join(temporaryDirectory(), "app.tar.gz");
    const { endpoint } = await loopback(() => ({
      status: 404,
      json: { message: "no", error_code: "not_found_error" },
    }));
    await expect(
      createClient({ endpoint, authentication: nobody }).blueprints.download("app", { to }),
    ).rejects.toMatchObject({ status: 404 });
    expect(existsSync(to)).toBe(false);
  });

  it("names the directory that does not exist", async () => {
    const { endpoint } = await loopback(() => ({ text: bytes, headers: named }));
    const to = join(temporaryDirectory(), "missing", "app.tar.gz");
    await expect(
      createClient({ endpoint, authentication: nobody }).blueprints.download("app", { to }),
    ).rejects.toMatchObject({ code: "ENOENT" });
  });

  it.each([
    ['attachment; filename="a.zip"', "a.zip"],
    ["attachment; filename=a.zip", "a.zip"],
    ['attachment; filename="../../etc/passwd"', "passwd"],
    ['attachment; filename=".."', "download"],
    ['attachment; filename="."', "download"],
    ['attachment; filename="etc/"', "download"],
    ['attachment; filename=".bashrc"', "bashrc"],
    ['attachment; filename="a\u001b]0;x\u0007\n.zip"', "a_]0"],
    [undefined, "download"],
  ])("takes from %j the name %j", (disposition, name) => {
    expect(fileName(disposition)).toBe(name);
  });
});
