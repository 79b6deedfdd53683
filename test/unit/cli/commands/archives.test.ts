import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { anExecution } from "../../../helpers/resources.ts";

const execution = anExecution({ workflow_id: "create_snapshot", deployment_id: null, status: "pending" });

describe("snapshots", () => {
  it("create asks for everything unless told otherwise", async () => {
    const body = {
      include_credentials: true,
      include_logs: false,
      include_events: true,
      queue: true,
      tempdir_path: null,
      legacy: false,
      listener_timeout: 1.5,
    };
    const manager = fakeManager().on("PUT /snapshots/s1", { body, answer: execution });
    const ran = await cfy("snapshots create s1 --exclude-logs --queue --listener-timeout 1.5", { manager });
    expect(ran).toMatchObject({ code: 0, stdout: "create_snapshot is pending (E1)\n" });
  });

  it("restore says how to look on", async () => {
    const body = { force: true, restore_certificates: false, no_reboot: false, ignore_plugin_failure: false };
    const manager = fakeManager().on("POST /snapshots/s1/restore", { body, answer: execution });
    const ran = await cfy("snapshots restore s1 -f", { manager });
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining("cfy snapshots status") });
  });

  it("upload sends a file as it is, where there is a license", async () => {
    const file = join(temporaryDirectory(), "s.zip");
    writeFileSync(file, "bytes");
    const manager = fakeManager()
      .on("GET /api/version", { answer: { edition: "premium" } })
      .on("GET /license-check", { answer: "OK" })
      .on("PUT /snapshots/s1/archive", { body: "bytes", answer: { id: "s1" } });
    expect((await cfy(`snapshots upload ${file} -s s1`, { manager })).code).toBe(0);
  });

  it("upload of a URL tells the server where to find it", async () => {
    const query = { snapshot_archive_url: "http://h/s.zip" };
    const manager = fakeManager()
      .on("GET /api/version", { answer: { edition: "community" } })
      .on("PUT /snapshots/s1/archive", { query, body: "", answer: { id: "s1" } });
    expect((await cfy("snapshots upload http://h/s.zip -s s1", { manager })).code).toBe(0);
  });

  it("download makes the folder that it is to go to, and leaves nothing half done", async () => {
    const directory = temporaryDirectory();
    const to = join(directory, "backups", "s1.zip");
    const manager = fakeManager().on("GET /snapshots/s1/archive", { answer: "content" });
    expect(await cfy(`snapshots download s1 -o ${to}`, { manager })).toMatchObject({
      code: 0,
      stdout: `Saved as ${to}\n`,
    });
    expect(readFileSync(to, "utf8")).toBe('"content"');

    const refusing = fakeManager().on("GET /snapshots/s2/archive", {
      status: 404,
      answer: { error_code: "not_found_error", message: "no snapshot s2" },
    });
    const elsewhere = join(directory, "backups", "s2.zip");
    expect((await cfy(`snapshots download s2 -o ${elsewhere}`, { manager: refusing })).code).toBe(5);
    expect(existsSync(elsewhere)).toBe(false);
    expect(readdirSync(join(directory, "backups"))).toEqual(["s1.zip"]);
  });
});

describe("log-bundles", () => {
  it.each([
    ["create lb1 --queue", "PUT /log-bundles/lb1", { queue: true }],
    ["delete lb1", "DELETE /log-bundles/lb1", ""],
  ])("%s", async (line, route, body) => {
    const manager = fakeManager().on(route, { body, answer: execution });
    expect((await cfy(`log-bundles ${line}`, { manager })).code).toBe(0);
  });

  it("list asks for its page", async () => {
    const manager = fakeManager().list("/log-bundles", [{ id: "lb1" }], { query: { _sort: "created_at" } });
    expect((await cfy("log-bundles list --format id", { manager })).stdout).toBe("lb1\n");
  });
});
