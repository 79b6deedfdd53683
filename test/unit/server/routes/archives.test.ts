import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { archivePath } from "../../../../src/services/files/layout.ts";
import { aDeploymentIn } from "../../../helpers/deployment.ts";
import { addUser, aManager, type Manager } from "../../../helpers/manager.ts";

const upload = ({ app }: Manager, id: string, payload: string) =>
  app.inject({
    method: "PUT",
    url: `/api/v3.1/snapshots/${id}/archive`,
    headers: { "transfer-encoding": "chunked" },
    payload,
  });

describe.each([
  ["snapshots", "create_snapshot", { snapshot_id: "a1", include_events: true }],
  ["log-bundles", "create_log_bundle", { log_bundle_id: "a1" }],
])("%s", (resource, workflow, parameters) => {
  it("are made by an execution, shown, listed and deleted", async () => {
    const { ask, database, files } = await aManager();
    const started = await ask("PUT", `${resource}/a1`, { queue: false });
    expect(started).toMatchObject({
      status: 201,
      body: { workflow_id: workflow, status: "pending", is_system_workflow: true, deployment_id: null, parameters },
    });
    expect((await ask("GET", `${resource}/a1`)).body).toMatchObject({ status: "creating", visibility: "private" });
    expect((await ask("GET", `${resource}/a1/archive`)).body.message).toContain("is still being made");
    expect((await ask("PUT", `${resource}/a1`, {})).body.error_code).toBe("conflict_error");
    expect((await ask("DELETE", `${resource}/a1`)).status).toBe(400);

    const path = archivePath(files, resource, "default_tenant", "a1");
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, "archive");
    await database.unitOfWork(async (tx) => {
      await tx.executions.update(started.body.id, { status: "terminated" });
      await tx[resource === "snapshots" ? "snapshots" : "logBundles"].update("default_tenant", "a1", {
        status: "created",
      });
    });
    const downloaded = await ask("GET", `${resource}/a1/archive`);
    expect(downloaded.body).toBe("archive");
    expect(downloaded.headers).toMatchObject({ "content-disposition": 'attachment; filename="a1.zip"' });
    expect((await ask("DELETE", `${resource}/a1`)).body).toMatchObject({ id: "a1", status: "created" });
    expect(existsSync(path)).toBe(false);
    expect((await ask("GET", resource)).body.items).toEqual([]);
  });

  it("get the status that a workflow of somebody's own reports", async () => {
    const { ask } = await aManager();
    await ask("PUT", `${resource}/a1`, {});
    const reported = await ask("PATCH", `${resource}/a1`, { status: "failed", error: "disk full" });
    expect([reported.status, reported.body]).toEqual([200, null]);
    expect((await ask("GET", `${resource}/a1`)).body).toMatchObject({ status: "failed", error: "disk full" });
    for (const body of [{}, { status: "nosuch" }, { status: 5 }])
      expect((await ask("PATCH", `${resource}/a1`, body)).body.error_code).toBe("bad_parameters_error");
    expect((await ask("PATCH", `${resource}/nosuch`, { status: "failed" })).status).toBe(404);
  });

  it("are for administrators only", async () => {
    const manager = await aManager();
    await addUser(manager, "uma", "manager");
    expect((await manager.as("uma")("PUT", `${resource}/a1`, {})).body.error_code).toBe("forbidden_error");
    expect((await manager.as("uma")("GET", resource)).body.error_code).toBe("forbidden_error");
  });
});

it("other executions run beside a snapshot that is being made, and wait for a log bundle", async () => {
  const { ask, database } = await aManager();
  await aDeploymentIn(database, "d1");
  const start = () => ask("POST", "executions", { deployment_id: "d1", workflow_id: "install" });
  await ask("PUT", "snapshots/a1", {});
  const { body } = await start();
  expect(body.status).toBe("pending");
  expect((await ask("PUT", "log-bundles/a1", {})).body.error_code).toBe("existing_running_execution_error");
  expect((await ask("GET", "log-bundles/a1")).status).toBe(404);
  await database.unitOfWork(async (tx) => {
    for (const { id } of await tx.executions.allActive()) await tx.executions.update(id, { status: "terminated" });
  });
  await ask("PUT", "log-bundles/a1", {});
  expect((await start()).body.status).toBe("queued");
});

it("a snapshot is uploaded whole or not at all", async () => {
  const manager = await aManager();
  expect((await upload(manager, "s1", "bytes")).statusCode).toBe(201);
  expect((await manager.ask("GET", "snapshots/s1")).body).toMatchObject({ status: "uploaded", error: "" });
  expect((await upload(manager, "s1", "others")).statusCode).toBe(409);
  expect((await manager.ask("GET", "snapshots/s1/archive")).body).toBe("bytes");
  expect((await upload(manager, "s2", "")).statusCode).toBe(400);
  expect((await manager.ask("GET", "snapshots/s2")).status).toBe(404);
  const place = dirname(archivePath(manager.files, "snapshots", "default_tenant", "s1"));
  expect(await readdir(place)).toEqual(["s1.zip"]);
});

it("a restore is refused without a snapshot, or where something would be lost", async () => {
  const manager = await aManager();
  const { ask, database } = manager;
  expect((await ask("POST", "snapshots/nosuch/restore", { force: false })).body).toMatchObject({
    error_code: "not_found_error",
    message: "Requested `Snapshot` with ID `nosuch` was not found",
  });
  await upload(manager, "s1", "bytes");
  await aDeploymentIn(database, "d1");
  expect((await ask("POST", "snapshots/s1/restore", { force: false })).body.error_code).toBe("snapshot_action_error");
  const certificates = await ask("POST", "snapshots/s1/restore", { force: true, restore_certificates: true });
  expect(certificates.body.error_code).toBe("bad_parameters_error");
  expect((await ask("GET", "snapshot-status")).body).toEqual({ status: "not-running" });
  const started = await ask("POST", "snapshots/s1/restore", { force: true });
  expect(started).toMatchObject({ status: 200, body: { workflow_id: "restore_snapshot", status: "pending" } });
  expect((await ask("GET", "snapshot-status")).body).toEqual({ status: "running" });
  const change = await ask("PUT", "sites/s1", {});
  expect([change.status, change.body.error_code]).toEqual([503, "in_snapshot_restore_error"]);
  expect((await ask("GET", "sites")).status).toBe(200);
  expect((await ask("POST", `executions/${started.body.id}`, { action: "cancel" })).status).toBe(200);
});
