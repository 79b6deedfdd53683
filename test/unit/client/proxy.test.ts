import { createServer, request as forward } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { createClient, type Endpoint } from "../../../src/client/index.ts";
import { proxyFor } from "../../../src/client/proxy.ts";
import { selfSigned } from "../../helpers/certificate.ts";
import { temporaryDirectory } from "../../helpers/directory.ts";
import { answering, listening, loopback } from "../../helpers/loopback.ts";

const endpoint: Endpoint = { protocol: "http", host: "manager.example", port: 80 };
const nobody = { kind: "none" } as const;

/** A proxy that forwards, and notes what it was asked for. */
async function proxy() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const onward = forward(request.url ?? "", { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on("connect", (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    const [host, port] = request.url?.split(":") ?? [];
    const onward = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  const { port } = await listening(server);
  return { url: `http://127.0.0.1:${port}`, asked };
}

describe("the proxy for an address", () => {
  it.each([
    ["the one for its protocol", { http_proxy: "http://p:1", https_proxy: "http://q:2" }, "http://p:1/"],
    ["the lower-case one", { http_proxy: "http://lower:1", HTTP_PROXY: "http://upper:1" }, "http://lower:1/"],
    ["the one for all", { ALL_PROXY: "p:3128" }, "http://p:3128/"],
    ["none where the host is exempt", { http_proxy: "http://p:1", no_proxy: "manager.example" }, undefined],
    ["none where the host is exempt in capitals", { http_proxy: "http://p:1", no_proxy: "Manager.Example" }, undefined],
    ["none where its domain is", { http_proxy: "http://p:1", NO_PROXY: "a.b, .example" }, undefined],
    ["none where its port is", { http_proxy: "http://p:1", no_proxy: "manager.example:80" }, undefined],
    ["none where all are", { http_proxy: "http://p:1", no_proxy: "*" }, undefined],
    [
      "itself where another port is exempt",
      { http_proxy: "http://p:1", no_proxy: "manager.example:81" },
      "http://p:1/",
    ],
    ["itself where a name only ends alike", { http_proxy: "http://p:1", no_proxy: "ager.example" }, "http://p:1/"],
    ["none where none is named", {}, undefined],
  ])("is %s", (_which, env, expected) => {
    expect(proxyFor(endpoint, env as Record<string, string>)?.href).toBe(expected);
  });

  it("is none for a unix socket", () => {
    expect(proxyFor({ ...endpoint, socketPath: "/s" }, { http_proxy: "http://p:1" })).toBeUndefined();
  });
});

describe("through a proxy", () => {
  it("a plain request goes as it is", async () => {
    const { url, asked } = await proxy();
    const target = await loopback(({ body }) => ({ json: { body } }));
    const client = createClient({ endpoint: target.endpoint, authentication: nobody, env: { http_proxy: url } });
    expect(await client.rest.post("executions", { json: { a: 1 } })).toEqual({ body: '{"a":1}' });
    expect(asked).toEqual([`POST http://127.0.0.1:${target.endpoint.port}/api/v3.1/executions`]);
    expect(target.seen[0]?.headers.tenant).toBe("default_tenant");
  });

  it("an encrypted one goes through a tunnel and trusts only whom it should", async () => {
    const { url, asked } = await proxy();
    const { certFile, key, cert } = selfSigned(temporaryDirectory());
    const server = createTlsServer(
      { key, cert },
      answering([], () => ({ json: { ok: true } })),
    );
    const target = await listening(server, "https");
    const clientOf = (more: Partial<Endpoint>) =>
      createClient({
        endpoint: { ...target, ...more },
        authentication: nobody,
        env: { https_proxy: url },
        retry: { attempts: 1 },
      });
    expect(await clientOf({ caFile: certFile }).rest.get("status")).toEqual({ ok: true });
    expect(asked).toEqual([`CONNECT 127.0.0.1:${target.port}`]);
    await expect(clientOf({}).rest.get("status")).rejects.toMatchObject({ kind: "tls" });
  });

  it("that is not there, nothing is sent, and it says so", async () => {
    const gone = await loopback(() => ({}));
    await new Promise((resolve) => gone.server.close(resolve));
    const client = createClient({
      endpoint,
      authentication: nobody,
      retry: { attempts: 1 },
      env: { http_proxy: `http://127.0.0.1:${gone.endpoint.port}` },
    });
    await expect(client.rest.get("status")).rejects.toMatchObject({ kind: "proxy", sent: false });
  });
});
