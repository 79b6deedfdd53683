import { existsSync, watch } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serverHome } from "../../../src/lib/server-home.ts";
import { addUploadedSnapshot, createArchive, deleteArchive } from "../../../src/services/archives/archives.ts";
import { type ArchiveKind, LOG_BUNDLES, SNAPSHOTS } from "../../../src/services/archives/kinds.ts";
import { restoreSnapshot } from "../../../src/services/archives/restore.ts";
import { extractZip, listZip } from "../../../src/services/blueprints/zip-archive.ts";
import { archivePath } from "../../../src/services/files/layout.ts";
import { openVault } from "../../../src/services/secrets/vault.ts";
import { SCHEMA_VERSION } from "../../../src/storage/index.ts";
import { textMember, writeZip } from "../../../src/worker/archives/write-zip.ts";
import { ADMIN } from "../services/world.ts";
import { OWNED, WorkerHarness } from "./worker-harness.ts";

const SCRIPT = "scripts/start.sh";
const SECRET = { tenant_name: "default_tenant", key: "password" };

let harness: WorkerHarness;
let others: WorkerHarness[];
let work: string;
beforeEach(async () => {
  harness = await WorkerHarness.make();
  others = [];
  work = await mkdtemp(join(tmpdir(), "archives-"));
});
afterEach(async () => {
  for (const each of [harness, ...others]) await each.remove();
  await rm(work, { recursive: true, force: true });
});

const home = ({ root }: WorkerHarness) => serverHome(root);
const archiveOf = (of: WorkerHarness, { folder }: ArchiveKind) =>
  archivePath(home(of).files, folder, "default_tenant", "a1");

/** A server with a deployment, its files, and a secret. */
async function furnish(of: WorkerHarness): Promise<void> {
  await of.deployment({ web: {}, db: {} });
  await mkdir(join(home(of).files, "deployments/default_tenant/d1"), { recursive: true });
  await of.file(SCRIPT, "#!/bin/sh\necho started\n");
  const sealed = await openVault(home(of).secretsKey).seal("tiger", SECRET);
  const secret = { ...OWNED, ...SECRET, sealed_value: sealed };
  await of.database.unitOfWork((tx) => tx.secrets.insert({ ...secret, created_at: tx.now() }));
}

async function make(of: WorkerHarness, kind: ArchiveKind, parameters = {}): Promise<string> {
  of.startWorker();
  const { id } = await of.database.unitOfWork((tx) =>
    createArchive(tx, ADMIN, kind, "a1", { parameters, queue: false }),
  );
  expect(await of.ended(id)).toEqual({ status: "terminated", error: "" });
  return archiveOf(of, kind);
}

/** Another server to which the snapshot was uploaded, with a worker. */
async function anotherServerWith(archive: string, { worker = true } = {}): Promise<WorkerHarness> {
  const other = await WorkerHarness.make();
  others.push(other);
  const place = archiveOf(other, SNAPSHOTS);
  await mkdir(dirname(place), { recursive: true });
  await copyFile(archive, place);
  await other.database.unitOfWork((tx) => addUploadedSnapshot(tx, ADMIN, "a1"));
  if (worker) other.startWorker();
  return other;
}

const restore = (of: WorkerHarness, force = false) =>
  of.database.unitOfWork((tx) => restoreSnapshot(tx, ADMIN, "a1", { force, certificates: false }));

async function written(text: string): Promise<string> {
  const path = join(work, "a.zip");
  await writeFile(path, text);
  return path;
}

async function withoutTables(): Promise<string> {
  const path = join(work, "a.zip");
  await writeZip(
    path,
    (async function* () {
      yield textMember("snapshot.json", JSON.stringify({ format: 1, schema: SCHEMA_VERSION }));
    })(),
  );
  return path;
}

describe("a log bundle", () => {
  it("holds the logs, and can be read by nobody else", async () => {
    await writeFile(home(harness).log, "it went well\n");
    const archive = await make(harness, LOG_BUNDLES);
    expect((await stat(archive)).mode & 0o777).toBe(0o600);
    await extractZip(archive, work);
    expect(await readFile(join(work, "server.log"), "utf8")).toBe("it went well\n");
    expect(await readdir(work)).toContain("about.json");
    expect(await harness.database.read.logBundles.get("default_tenant", "a1")).toMatchObject({ status: "created" });
  });

  it("is not made while something else runs, unless it may wait", async () => {
    await harness.deployment({ web: {} });
    await harness.start("install");
    const create = (queue: boolean) =>
      harness.database.unitOfWork((tx) => createArchive(tx, ADMIN, LOG_BUNDLES, "a1", { parameters: {}, queue }));
    await expect(create(false)).rejects.toMatchObject({ code: "existing_running_execution_error" });
    expect(await harness.database.read.logBundles.get("default_tenant", "a1")).toBeUndefined();
    const { id, status } = await create(true);
    expect(status).toBe("queued");
    harness.startWorker();
    expect(await harness.ended(id)).toEqual({ status: "terminated", error: "" });
  });

  it("has failed when its execution was killed, and can be deleted then", async () => {
    const create = () =>
      harness.database.unitOfWork((tx) =>
        createArchive(tx, ADMIN, LOG_BUNDLES, "a1", { parameters: {}, queue: false }),
      );
    const remove = () => harness.database.unitOfWork((tx) => deleteArchive(tx, ADMIN, LOG_BUNDLES, "a1"));
    const { id } = await create();
    await expect(remove()).rejects.toMatchObject({ code: "log_bundle_action_error" });
    await harness.act(id, "kill");
    harness.startWorker();
    expect(await harness.ended(id)).toMatchObject({ status: "cancelled" });
    expect(await remove()).toMatchObject({ status: "failed", error: "its execution was cancelled" });
  });
});

describe("a snapshot", () => {
  it("that is cancelled leaves no archive", async () => {
    await furnish(harness);
    const { id } = await harness.database.unitOfWork((tx) =>
      createArchive(tx, ADMIN, SNAPSHOTS, "a1", { parameters: {}, queue: false }),
    );
    await harness.act(id, "cancel");
    harness.startWorker();
    expect(await harness.ended(id)).toMatchObject({ status: "cancelled" });
    expect(existsSync(archiveOf(harness, SNAPSHOTS))).toBe(false);
    expect(await harness.database.read.snapshots.get("default_tenant", "a1")).toMatchObject({ status: "failed" });
  });

  it("holds tables, files and the key of the secrets, and can be read by nobody else", async () => {
    await furnish(harness);
    const archive = await make(harness, SNAPSHOTS);
    expect((await stat(archive)).mode & 0o777).toBe(0o600);
    const members = (await listZip(archive)).map(({ path }) => path);
    expect(members).toEqual(
      expect.arrayContaining([
        "snapshot.json",
        "tables/deployments.jsonl",
        "files/deployments/default_tenant/d1/",
        `files/blueprints/default_tenant/bp/${SCRIPT}`,
        "secrets.key",
      ]),
    );
  });

  it("leaves out what it is asked to", async () => {
    await furnish(harness);
    harness.startWorker();
    await harness.ended(await harness.start("install"));
    const archive = await make(harness, SNAPSHOTS, { include_events: false, include_credentials: false });
    await extractZip(archive, work);
    expect(await readdir(work)).not.toContain("secrets.key");
    expect(await readFile(join(work, "tables/events.jsonl"), "utf8")).not.toContain("cloudify_event");
  });

  it("makes another server the same", async () => {
    await furnish(harness);
    const archive = await make(harness, SNAPSHOTS);
    const other = await anotherServerWith(archive);
    const { id } = await restore(other);
    expect(await other.ended(id)).toEqual({ status: "terminated", error: "" });
    const { read } = other.database;
    expect(await read.nodeInstances.ofDeployment("default_tenant", "d1")).toHaveLength(2);
    const script = join(home(other).files, "blueprints/default_tenant/bp", SCRIPT);
    expect(await readFile(script, "utf8")).toContain("echo started");
    const secret = await read.secrets.get("default_tenant", "password");
    expect(await openVault(home(other).secretsKey).open(secret?.sealed_value ?? "", SECRET)).toBe("tiger");
    expect(await readdir(dirname(archiveOf(other, SNAPSHOTS)))).toEqual(["a1.zip"]);
    expect(await other.messages(id)).toContain("'restore_snapshot' workflow execution succeeded");
  });

  it("is restored all the same when the worker is killed at the last step", async () => {
    await furnish(harness);
    const other = await anotherServerWith(await make(harness, SNAPSHOTS), { worker: false });
    await other.file(SCRIPT, "old");
    const snapshots = dirname(archiveOf(other, SNAPSHOTS));
    const lastStep = new Promise<void>((begun) => {
      const watcher = watch(snapshots, (_, name) => {
        if (!name?.endsWith(".replaced")) return;
        watcher.close();
        begun();
      });
    });
    const { id } = await restore(other, true);
    const worker = other.spawnWorker();
    await lastStep;
    worker.kill("SIGKILL");
    other.startWorker();
    expect(await other.ended(id)).toEqual({ status: "terminated", error: "" });
    expect(await other.database.read.deployments.get("default_tenant", "d1")).toBeDefined();
    const script = join(home(other).files, "blueprints/default_tenant/bp", SCRIPT);
    expect(await readFile(script, "utf8")).toContain("echo started");
    expect(await readdir(snapshots)).toEqual(["a1.zip"]);
  });

  it("brings back what was there, and ends what waited or ran when it was made", async () => {
    await furnish(harness);
    const waiting = await harness.start("install");
    await harness.database.unitOfWork((tx) => tx.executions.update(waiting, { status: "queued" }));
    await make(harness, SNAPSHOTS);
    await harness.ended(waiting);
    await harness.database.unitOfWork((tx) => tx.deployments.remove("default_tenant", "d1"));
    await expect(restore(harness)).rejects.toMatchObject({
      code: "snapshot_action_error",
      message: expect.stringContaining("1 blueprint, 1 secret"),
    });
    const { id } = await restore(harness, true);
    expect(await harness.ended(id)).toEqual({ status: "terminated", error: "" });
    expect(await harness.database.read.deployments.get("default_tenant", "d1")).toBeDefined();
    expect(await harness.database.read.executions.get(waiting)).toMatchObject({
      status: "failed",
      error: "It was queued when the snapshot was made that was restored",
    });
    const made = await harness.database.read.executions.list({
      scope: { tenants: "all", privateOf: "everyone" },
      filters: { workflow_id: ["create_snapshot"] },
    });
    expect(made.items).toMatchObject([{ status: "terminated" }]);
  });

  it("of another server without its key is refused, and nothing changes", async () => {
    await furnish(harness);
    const archive = await make(harness, SNAPSHOTS, { include_credentials: false });
    const other = await anotherServerWith(archive);
    const { id } = await restore(other);
    expect(await other.ended(id)).toEqual({
      status: "failed",
      error: expect.stringContaining("The secret password of default_tenant cannot be opened here"),
    });
    expect(await other.database.read.deployments.get("default_tenant", "d1")).toBeUndefined();
  });

  it.each<[string, () => Promise<string>, string]>([
    ["holds something else", () => make(harness, LOG_BUNDLES), "The archive is no snapshot of this kind of server"],
    ["is no archive", () => written("nonsense"), "The archive cannot be read: "],
    ["lacks a table", withoutTables, "The snapshot lacks tenants.jsonl"],
  ])("that %s is refused, and the server stays as it is", async (_, archive, reason) => {
    const other = await anotherServerWith(await archive());
    await other.deployment({ web: {} });
    await other.file(SCRIPT, "mine");
    const { id } = await restore(other, true);
    expect(await other.ended(id)).toEqual({ status: "failed", error: expect.stringContaining(reason) });
    expect(await other.database.read.deployments.get("default_tenant", "d1")).toBeDefined();
    const script = join(home(other).files, "blueprints/default_tenant/bp", SCRIPT);
    expect(await readFile(script, "utf8")).toBe("mine");
    expect(await readdir(dirname(archiveOf(other, SNAPSHOTS)))).toEqual(["a1.zip"]);
  });
});
