import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../../../src/lib/clock.ts";
import { pluginDirectory } from "../../../../src/services/files/layout.ts";
import { thisPlace, writeInstallation } from "../../../../src/services/plugins/installation.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { fenced } from "../../../../src/worker/fenced-database.ts";
import { WorkerHome } from "../../../../src/worker/home.ts";
import { PluginEnvironments } from "../../../../src/worker/plugins/plugin-environments.ts";
import { findPython } from "../../../../src/worker/processes/python.ts";
import { aDatabase, NOW } from "../../../helpers/database.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";
import { writePackage } from "./packages.ts";

/** A home in which plugins can be uploaded and workers install them. Nothing is asked of the network. */
class World {
  readonly errors: string[] = [];
  readonly home = new WorkerHome(temporaryDirectory());

  private constructor(readonly database: Database) {}

  static make = async () => new World(await aDatabase());

  async upload(id: string, plugin: Parameters<typeof writePackage>[1], { pending = false } = {}): Promise<void> {
    const directory = pluginDirectory(this.home.server.files, id);
    mkdirSync(directory, { recursive: true });
    const archive_name = writePackage(directory, plugin);
    await this.database.unitOfWork(async (tx) => {
      await tx.plugins.insert({
        id,
        tenant_name: "default_tenant",
        visibility: "tenant",
        created_by: "admin",
        uploaded_at: NOW,
        archive_name,
        package_name: plugin.name,
        package_version: plugin.version ?? "1.0",
      });
      if (pending) await writeInstallation(tx, id, thisPlace(), "pending-install");
    });
  }

  async worker(workerId: string): Promise<PluginEnvironments> {
    await this.database.unitOfWork((tx) => tx.leases.register({ id: workerId, pid: process.pid }, NOW));
    return new PluginEnvironments({
      database: fenced(this.database, workerId),
      workerId,
      home: this.home,
      clock: systemClock,
      python: findPython,
      env: { ...process.env, PIP_NO_INDEX: "1" },
      log: { info: () => {}, error: (message) => this.errors.push(message) },
    });
  }

  async states(id: string): Promise<{ state: string; error: string | null }[]> {
    const all = await this.database.read.plugins.installations([id]);
    return all.map(({ state, error }) => ({ state, error }));
  }

  environments(id: string): string[] {
    const directory = this.home.plugin(id);
    return existsSync(directory) ? readdirSync(directory).filter((name) => name !== "current.json") : [];
  }
}

const TOOL = { packageName: "tool", packageVersion: null };
const originIn = (python: string): string =>
  execFileSync(python, ["-c", "import tool; print(tool.origin())"], { encoding: "utf8" }).trim();

describe("an uploaded plugin", () => {
  it("that is source is built and installed when it is first used", async () => {
    const world = await World.make();
    await world.upload("p1", { kind: "source", name: "tool" });
    const worker = await world.worker("w1");
    const environment = await worker.of("default_tenant", TOOL);
    expect(environment?.framework).toBe("ours");
    expect(originIn(environment?.python ?? "")).toBe("source 1.0");
    expect(await world.states("p1")).toEqual([{ state: "installed", error: null }]);
    expect(await worker.of("default_tenant", { ...TOOL, packageVersion: "2.0" })).toBeNull();
  });

  it("that is a wagon brings what it needs, and is installed when somebody asks for it", async () => {
    const world = await World.make();
    await world.upload("p1", { kind: "wagon", name: "tool", needs: "helper" }, { pending: true });
    const worker = await world.worker("w1");
    await worker.installPending();
    expect(await world.states("p1")).toEqual([{ state: "installed", error: null }]);
    const environment = await worker.of("default_tenant", TOOL);
    execFileSync(environment?.python ?? "", ["-c", "import helper"]);
    expect(originIn(environment?.python ?? "")).toBe("wagon 1.0");
  });

  it("that cannot be installed says why, and leaves nothing behind", async () => {
    const world = await World.make();
    await world.upload("p1", { kind: "wheel", name: "tool", needs: "nowhere-to-be-found" });
    const worker = await world.worker("w1");
    await expect(worker.of("default_tenant", TOOL)).rejects.toThrow("tool 1.0 cannot be installed");
    expect(await world.states("p1")).toEqual([
      { state: "error", error: expect.stringContaining("nowhere-to-be-found") },
    ]);
    expect(world.environments("p1")).toEqual([]);
  });
});

describe("two workers that want one plugin", () => {
  it("make one environment", async () => {
    const world = await World.make();
    await world.upload("p1", { kind: "wheel", name: "tool" }, { pending: true });
    const workers = [await world.worker("w1"), await world.worker("w2")];
    const [first, second] = await Promise.all(workers.map((worker) => worker.of("default_tenant", TOOL)));
    expect(second).toEqual(first);
    expect(originIn(first?.python ?? "")).toBe("wheel 1.0");
    expect(world.environments("p1")).toHaveLength(1);
  });

  it("take it over from one that was given up, and clear away what it left", async () => {
    const world = await World.make();
    await world.upload("p1", { kind: "wheel", name: "tool" });
    await world.worker("hanging");
    await world.database.unitOfWork((tx) => tx.leases.claimPlugin("p1", "hanging"));
    mkdirSync(join(world.home.plugin("p1"), "half-done"), { recursive: true });
    writeFileSync(join(world.home.plugin("p1"), "half-done/file"), "");
    const waiting = (await world.worker("w1")).of("default_tenant", TOOL);
    await world.database.unitOfWork((tx) => tx.leases.unregister("hanging"));
    world.database.changes.publish(["queue"]);
    expect(originIn((await waiting)?.python ?? "")).toBe("wheel 1.0");
    expect(world.environments("p1")).not.toContain("half-done");
  });
});
