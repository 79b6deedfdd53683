import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import fastify from "fastify";
import { describe, expect, it, onTestFinished } from "vitest";
import { addBodyParser } from "../../../src/server/http/body.ts";
import { addErrorBodies } from "../../../src/server/http/errors.ts";
import { receiveUpload, type Upload } from "../../../src/server/uploads.ts";

/** Takes uploads of up to 1000 bytes, tells what came, and keeps the files. */
async function anUploadServer() {
  const directory = mkdtempSync(join(tmpdir(), "cfy-upload-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const received: Upload[] = [];
  const failures: Promise<unknown>[] = [];
  const app = fastify();
  onTestFinished(() => app.close());
  addBodyParser(app);
  addErrorBodies(app, { info: () => undefined, error: () => undefined });
  let begun = () => undefined as unknown;
  const oneBegun = new Promise((resolve) => {
    begun = () => resolve(undefined);
  });
  app.put("/upload", { config: { streamsBody: true } }, async (asked) => {
    const receiving = receiveUpload(asked, { directory, mostBytes: 1000 });
    failures.push(receiving.catch((error) => error));
    begun();
    const upload = await receiving;
    received.push(upload);
    const { file, fields } = upload;
    return { fields, size: file?.size ?? null, text: file ? readFileSync(file.path, "latin1") : null };
  });
  return { app, received, failures, oneBegun, files: () => readdirSync(directory) };
}

const form = (...parts: [head: string, body: string][]) => ({
  headers: { "content-type": "multipart/form-data; boundary=XX" },
  payload: `${parts.map(([head, body]) => `--XX\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`).join("")}--XX--\r\n`,
});

describe("an upload", () => {
  it("as a form brings its text parts and its file", async () => {
    const { app } = await anUploadServer();
    const parts = form(['name="params"', '{"a": 1}'], ['name="blueprint_archive"; filename="filename"', "archive"]);
    const answer = await app.inject({ method: "PUT", url: "/upload", ...parts });
    expect(answer.json()).toEqual({ fields: { params: '{"a": 1}' }, size: 7, text: "archive" });
  });

  it("as the body itself is stored byte by byte, whatever its type claims", async () => {
    const { app } = await anUploadServer();
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const headers = { "content-type": "application/json" };
    const answer = await app.inject({ method: "PUT", url: "/upload", headers, payload: bytes });
    expect(answer.json()).toEqual({ fields: {}, size: 256, text: bytes.toString("latin1") });
  });

  it("may come in chunks without a length", async () => {
    const { app } = await anUploadServer();
    const headers = { "content-type": "application/octet-stream" };
    const payload = Readable.from([Buffer.from("one "), Buffer.from("two")]);
    const answer = await app.inject({ method: "PUT", url: "/upload", headers, payload });
    expect(answer.json()).toMatchObject({ text: "one two" });
  });

  it("may bring no file", async () => {
    const { app, files } = await anUploadServer();
    expect((await app.inject({ method: "PUT", url: "/upload" })).json()).toMatchObject({ size: null });
    const parts = form(['name="params"', "{}"]);
    expect((await app.inject({ method: "PUT", url: "/upload", ...parts })).json()).toMatchObject({ size: null });
    expect(files()).toEqual([]);
  });

  it("is gone when it is discarded", async () => {
    const { app, received, files } = await anUploadServer();
    await app.inject({ method: "PUT", url: "/upload", payload: "x" });
    expect(files()).toHaveLength(1);
    await received[0]?.discard();
    expect(files()).toEqual([]);
  });
});

describe("an upload that is refused", () => {
  const file = (size: number): [string, string] => ['name="f"; filename="f"', "x".repeat(size)];
  it.each([
    ["a body too large", { headers: { "content-type": "text/plain" }, payload: "x".repeat(1001) }],
    ["a file too large", form(file(1001))],
    ["two files", form(file(1), file(1))],
    ["a form without a boundary", { headers: { "content-type": "multipart/form-data" }, payload: "x" }],
    [
      "a form that breaks off",
      { headers: form().headers, payload: '--XX\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx' },
    ],
  ])("for %s leaves no file and says why", async (_, sent) => {
    const { app, files } = await anUploadServer();
    const answer = await app.inject({ method: "PUT", url: "/upload", ...sent });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error_code: "bad_parameters_error" });
    expect(files()).toEqual([]);
  });

  it("because the sender went away leaves no file", async () => {
    const { app, files, failures, oneBegun } = await anUploadServer();
    await app.listen({ port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const headers = { "content-type": "application/octet-stream", "content-length": 500 };
    const sending = request({ port, method: "PUT", path: "/upload", headers });
    sending.on("error", () => undefined);
    sending.write("half of it");
    await oneBegun;
    sending.destroy();
    expect(await failures[0]).toBeInstanceOf(Error);
    expect(files()).toEqual([]);
  });
});
