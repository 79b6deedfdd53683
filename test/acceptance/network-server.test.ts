import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { selfSigned } from "../helpers/certificate.ts";
import { fakeManager } from "../helpers/fake-manager.ts";
import { FreshHome, type Running } from "./fresh-home.ts";

/** Where the server lives, and another machine from which it is used. */
let there: FreshHome;
let here: FreshHome;
let server: Running;
let port: string;
beforeAll(async () => {
  there = new FreshHome();
  here = new FreshHome();
  await startServer();
});
afterAll(async () => {
  await here.remove();
  await there.remove();
});

async function startServer(): Promise<void> {
  server = there.start("server run --listen 127.0.0.1:0");
  await server.until(/127\.0\.0\.1:\d+\n/, "stderr");
  port = /127\.0\.0\.1:(\d+)/.exec(server.stderr)?.[1] ?? "";
}

const passwordFile = () =>
  there.json<{ admin_password_file: string }>("server status").then((told) => told.admin_password_file);
const password = async () => readFileSync(await passwordFile(), "utf8").trim();
const use = (words: string, stdin: string) =>
  here.cfy(`profiles use 127.0.0.1 --rest-port ${port} -u admin --password-stdin ${words}`, { stdin });

describe("a server that listens on the network for the first time", () => {
  it("has a password for admin in a file that only its owner can read, and shows it nowhere else", async () => {
    expect(statSync(await passwordFile()).mode & 0o777).toBe(0o600);
    expect(await password()).toMatch(/^[\w-]{24}$/);
    expect(readFileSync(there.server("server.log"), "utf8")).not.toContain(await password());
    expect((await there.cfy("server status")).stdout).not.toContain(await password());
  });

  it("is used with it from another home", async () => {
    expect(await use("--profile-name team", await password())).toMatchObject({ code: 0, stdout: "" });
    const shown = await here.cfy("profiles show-current");
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining("team") });
    expect(shown.stdout).not.toContain(await password());
    const upload = await here.cfy("blueprints upload test/acceptance/blueprints/simple/blueprint.yaml -b simple");
    expect(upload.code).toBe(0);
    expect(await there.json("blueprints list")).toMatchObject([{ id: "simple", created_by: "admin" }]);
    expect(here.serverPid()).toBeUndefined();
  });

  it("refuses a wrong password, and no profile is made of it", async () => {
    const { code, stderr } = await use("--profile-name wrong", "nonsense");
    expect(code).toBe(4);
    expect(stderr).toContain("Nothing was saved");
    expect((await here.cfy("profiles list")).stdout).not.toContain("wrong");
    const asked = await here.cfy("blueprints list", { env: { CLOUDIFY_PASSWORD: "nonsense" } });
    expect(asked).toMatchObject({ code: 4, stdout: "", stderr: expect.stringContaining("cfy profiles set") });
  });

  it("refuses a tenant that it does not have", async () => {
    const { code, stderr } = await here.cfy("executions list -t nowhere");
    expect(code).toBe(4);
    expect(stderr).toMatch(/nowhere\n.*cfy tenants list\n.*-t TENANT/);
  });

  it("keeps the password when it starts again", async () => {
    const first = await password();
    server.process.kill("SIGTERM");
    await server.ended;
    await startServer();
    expect(await password()).toBe(first);
    expect((await use("--profile-name team", first)).code).toBe(0);
  });
});

describe("a connection that cannot be made", () => {
  it("is told with the address and what to look at, when nothing listens", async () => {
    const { code, stderr } = await here.cfy("profiles use 127.0.0.1 --rest-port 1 --profile-name nobody -u admin -p x");
    expect(code).toBe(69);
    expect(stderr).toContain("http://127.0.0.1:1");
  });

  it("is not made to a server whose certificate nobody vouches for, until its authority is named", async () => {
    const { certFile, key, cert } = selfSigned(here.path);
    const secure = createServer({ key, cert }, (_, answer) => answer.end("{}"));
    await new Promise<void>((listening) => secure.listen(0, "127.0.0.1", listening));
    const at = `profiles use 127.0.0.1 --rest-port ${(secure.address() as AddressInfo).port} --ssl --profile-name tls -u admin -p x`;
    const refused = await here.cfy(at);
    expect(refused).toMatchObject({ code: 69, stderr: expect.stringContaining("--rest-certificate FILE") });
    expect((await here.cfy(`${at} --rest-certificate ${certFile}`)).stderr).not.toContain("not signed");
    secure.close();
  });
});

describe("a manager that answers, but not now", () => {
  it.each([
    [503, { message: "busy", error_code: "service_unavailable" }],
    [503, { message: "Your request was rejected", error_code: "maintenance_mode_active" }],
  ])("with %d ends in the exit code for another try", async (status, answer) => {
    const manager = fakeManager().on("POST /executions", { status, answer, times: "any" });
    const { host, port: busy } = await manager.endpoint();
    const credentials = "-u admin -p admin --skip-credentials-validation";
    await here.cfy(`profiles use ${host} --rest-port ${busy} --profile-name busy ${credentials}`);
    expect((await here.cfy("executions start install -d app")).code).toBe(75);
    await here.cfy("profiles delete busy");
  });
});
