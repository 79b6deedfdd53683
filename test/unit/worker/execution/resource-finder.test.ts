import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { resourceFinder } from "../../../../src/worker/execution/resource-finder.ts";
import { WorkerHome } from "../../../../src/worker/home.ts";
import { aDatabase } from "../../../helpers/database.ts";

async function aFinder(files: Record<string, string[]>) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "cfy-finder-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const home = new WorkerHome(root);
  for (const [blueprint, paths] of Object.entries(files))
    for (const path of paths) {
      const file = join(home.blueprint("default_tenant", blueprint), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, "");
    }
  const database = await aDatabase();
  await database.unitOfWork((tx) =>
    tx.blueprints.insert({
      id: "own",
      tenant_name: "default_tenant",
      visibility: "tenant",
      created_by: "admin",
      created_at: tx.now(),
      updated_at: tx.now(),
      state: "uploaded",
      plan: { namespaces_mapping: { net: "network" } },
    }),
  );
  const find = resourceFinder({ database, home }, { tenant_name: "default_tenant", deployment_id: "d" }, "own");
  const at = (blueprint: string, path: string) => join(home.blueprint("default_tenant", blueprint), path);
  return { find, at };
}

describe("a file that an operation names", () => {
  it("lies in the blueprint that was imported into its namespace", async () => {
    const { find, at } = await aFinder({ own: ["scripts/a.sh"], network: ["scripts/a.sh"] });
    expect(await find("net--scripts/a.sh")).toBe(at("network", "scripts/a.sh"));
  });

  it("lies in the own blueprint when only a file of it was imported into the namespace", async () => {
    const { find, at } = await aFinder({ own: ["scripts/a.sh"] });
    expect(await find("ns--scripts/a.sh")).toBe(at("own", "scripts/a.sh"));
  });

  it("may have two dashes in its own name", async () => {
    const { find, at } = await aFinder({ own: ["scripts/a--b.sh"] });
    expect(await find("scripts/a--b.sh")).toBe(at("own", "scripts/a--b.sh"));
  });

  it("is missing under its whole name", async () => {
    const { find } = await aFinder({ own: ["scripts/a.sh"] });
    await expect(find("scripts/b.sh")).rejects.toMatchObject({ name: "ResourceNotFound" });
  });
});
