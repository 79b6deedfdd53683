import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { ConnectionError, createClient, type Endpoint } from "../../../src/client/index.ts";
import { selfSigned } from "../../helpers/certificate.ts";
import { temporaryDirectory } from "../../helpers/directory.ts";
import { answering, listening, loopback } from "../../helpers/loopback.ts";

const nobody = { kind: "none" } as const;
const clientOf = (endpoint: Endpoint, more: object = {}) =>
  createClient({ endpoint, authentication: nobody, retry: { attempts: 1 }, ...more });
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: ConnectionError) => error,
  );

describe("the HTTP transport", () => {
  it("reads compressed answers", async () => {
    const packed = gzipSync(JSON.stringify({ status: "OK" }));
    const { endpoint } = await loopback(() => ({ text: packed, headers: { "Content-Encoding": "gzip" } }));
    expect(await clientOf(endpoint).rest.get("status")).toEqual({ status: "OK" });
  });

  it("uses one connection for requests that follow each other", async () => {
    const { endpoint, server } = await loopback(() => ({ json: {} }));
    let connections = 0;
    server.on("connection", () => connections++);
    const client = clientOf(endpoint);
    for (let i = 0; i < 3; i++) await client.rest.get("status");
    expect(connections).toBe(1);
  });

  it("talks over a unix socket", async () => {
    const socketPath = join(temporaryDirectory(), "s.sock");
    const server = createServer(answering([], ({ path }) => ({ json: { path } })));
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    onTestFinished(() => void server.close());
    const client = clientOf({ protocol: "http", host: "localhost", port: 0, socketPath });
    expect(await client.rest.get("status")).toEqual({ path: "/api/v3.1/status" });
    client.close();
  });

  it("says that nothing was sent when nobody listens", async () => {
    const { endpoint, server } = await loopback(() => ({}));
    await new Promise((resolve) => server.close(resolve));
    const error = await failureOf(clientOf(endpoint).rest.get("status"));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ kind: "refused", sent: false, code: "ECONNREFUSED" });
  });

  it("says that the request may have been done when the connection breaks after it", async () => {
    const { endpoint } = await loopback((_seen, response) => void response.destroy());
    const error = await failureOf(clientOf(endpoint).rest.post("executions", { json: {} }));
    expect(error).toMatchObject({ kind: "reset", sent: true });
  });

  it("says when what came back breaks off", async () => {
    const { endpoint } = await loopback((_seen, response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("{", () => response.destroy());
      return undefined;
    });
    expect(await failureOf(clientOf(endpoint).rest.get("status"))).toMatchObject({ kind: "reset", sent: true });
  });

  it("gives up on a server that stays silent", async () => {
    const { endpoint } = await loopback(() => undefined);
    const error = await failureOf(clientOf(endpoint, { timeouts: { read: 50 } }).rest.get("status"));
    expect(error).toMatchObject({ kind: "timeout", sent: true });
  });

  it("gives up on a TLS handshake that does not come to an end", async () => {
    const server = createTcpServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const silent: Endpoint = { protocol: "https", host: "127.0.0.1", port };
    const error = await failureOf(clientOf(silent, { timeouts: { connect: 50 } }).rest.get("status"));
    expect(error).toMatchObject({ kind: "timeout", sent: false });
  });

  it("ends with the reason of the signal, whether the answer has begun or not", async () => {
    const reason = new Error("enough");
    const begun = await loopback((_seen, response) => {
      response.writeHead(200);
      response.write("{", () => controller.abort(reason));
      return undefined;
    });
    let controller = new AbortController();
    await expect(clientOf(begun.endpoint).rest.get("status", {}, { signal: controller.signal })).rejects.toBe(reason);

    controller = new AbortController();
    const silent = await loopback(() => void controller.abort(reason));
    await expect(clientOf(silent.endpoint).rest.get("status", {}, { signal: controller.signal })).rejects.toBe(reason);
  });
});

describe("TLS", () => {
  const secured = async (altNames?: string) => {
    const { certFile, key, cert } = selfSigned(temporaryDirectory(), altNames);
    const server = createTlsServer(
      { key, cert },
      answering([], () => ({ json: { status: "OK" } })),
    );
    return { endpoint: await listening(server, "https"), certFile };
  };

  it("trusts the authority it is given", async () => {
    const { endpoint, certFile } = await secured();
    expect(await clientOf({ ...endpoint, caFile: certFile }).rest.get("status")).toEqual({ status: "OK" });
  });

  it("does not trust a self-signed certificate, and sends it nothing", async () => {
    const { endpoint } = await secured();
    expect(await failureOf(clientOf(endpoint).rest.get("status"))).toMatchObject({
      kind: "tls",
      sent: false,
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
  });

  it("refuses a certificate for another name", async () => {
    const { endpoint, certFile } = await secured("DNS:elsewhere.example");
    expect(await failureOf(clientOf({ ...endpoint, caFile: certFile }).rest.get("status"))).toMatchObject({
      kind: "tls",
      sent: false,
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
  });

  it("believes anything when told so", async () => {
    const { endpoint } = await secured("DNS:elsewhere.example");
    expect(await clientOf({ ...endpoint, trustAll: true }).rest.get("status")).toEqual({ status: "OK" });
  });

  it("names the file of authorities that is missing", async () => {
    const { endpoint } = await secured();
    const error = await failureOf(clientOf({ ...endpoint, caFile: "/nowhere/ca.pem" }).rest.get("status"));
    expect(error).toMatchObject({ kind: "tls", sent: false, message: expect.stringContaining("/nowhere/ca.pem") });
  });

  it("notices a server that does not speak it", async () => {
    const { endpoint } = await loopback(() => ({ json: {} }));
    const error = await failureOf(clientOf({ ...endpoint, protocol: "https" }).rest.get("status"));
    expect(error).toMatchObject({ kind: "tls", code: "ERR_SSL_WRONG_VERSION_NUMBER" });
  });
});
