import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uploadPlugin } from "../compat/engine/plugin.ts";
import { Rest } from "../compat/engine/rest.ts";
import { packedPlugin } from "../helpers/wheel.ts";
import { FreshHome } from "./fresh-home.ts";

const FIXTURE = "test/acceptance/cloudify-common";
const MISSING = "the registry of Python packages cannot be reached: the framework was not tried";

/** Whether the registry that the framework comes from can be asked: it knows this package, and not this version of it. */
function registryAnswers(): boolean {
  try {
    execFileSync("python3", ["-m", "pip", "download", "--no-deps", "-q", "-d", tmpdir(), "proxy_tools==999"], {
      timeout: 60_000,
      stdio: ["ignore", "ignore", "pipe"],
    });
    return true;
  } catch (error) {
    return /from versions: \d/.test(String((error as { stderr?: Buffer }).stderr));
  }
}

const isThere = registryAnswers();

describe("the cloudify-common framework, unchanged, in a plugin's environment", () => {
  const home = new FreshHome();
  const flag = join(home.path, "flag");

  beforeAll(async () => {
    if (!isThere) return;
    expect((await home.cfy("status")).code).toBe(0);
    const source = { folder: FIXTURE, module: "rf_plugin", name: "rf-plugin", needs: "cloudify-common[dispatcher]" };
    await uploadPlugin(new Rest(home.server("server.sock")), packedPlugin(source));
    expect((await home.cfy(["blueprints", "upload", `${FIXTURE}/blueprint/blueprint.yaml`, "-b", "bp"])).code).toBe(0);
    expect((await home.cfy(["deployments", "create", "d1", "-b", "bp", "-i", `flag=${flag}`])).code).toBe(0);
  }, 400_000);
  afterAll(() => home.remove());

  const executionOf = async (workflow: string): Promise<string> => {
    const { stdout } = await home.cfy(["executions", "list", "-d", "d1", "--json"]);
    const all = JSON.parse(stdout) as { id: string; workflow_id: string }[];
    return all.find(({ workflow_id }) => workflow_id === workflow)?.id ?? "none";
  };

  it("runs a workflow in graph mode, with operations that are retried", async ({ skip }) => {
    skip(!isThere, MISSING);
    const ran = await home.cfy("executions start graph -d d1");
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain("INFO: work by cloudify-common");
    expect(ran.stdout).toContain("Task succeeded 'rf_plugin.ops.flaky' - at last [retry 1/2]");
  });

  it("installs, is resumed where an operation failed, and uninstalls", async ({ skip }) => {
    skip(!isThere, MISSING);
    const failed = await home.cfy("executions start put_in -d d1");
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain("NonRecoverableError `no flag`");
    writeFileSync(flag, "");
    const id = await executionOf("put_in");
    await home.cfy(["executions", "resume", id]);
    const resumed = await home.cfy(["executions", "watch", id]);
    expect(resumed.code, resumed.stdout).toBe(0);
    expect(resumed.stdout.match(/the script has run/g)).toHaveLength(1);
    expect((await home.cfy("executions start take_out -d d1")).code).toBe(0);
  });

  it("stops at a cancel", async ({ skip }) => {
    skip(!isThere, MISSING);
    const loop = home.start("executions start loop -d d1");
    await loop.until("looping");
    expect((await home.cfy(["executions", "cancel", await executionOf("loop")])).code).toBe(0);
    expect((await loop.ended).code).toBe(3);
  });
});
