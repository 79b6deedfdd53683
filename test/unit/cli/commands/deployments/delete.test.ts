import { describe, expect, it } from "vitest";
import { cfy } from "../../../../helpers/cfy.ts";
import { fakeManager } from "../../../../helpers/fake-manager.ts";
import { fastClock } from "../../../../helpers/fast-clock.ts";
import { anExecution, page } from "../../../../helpers/resources.ts";

const deletion = anExecution({ id: "E7", workflow_id: "delete_deployment_environment" });
const missing = { message: "Requested `Execution` with ID `E7` was not found", error_code: "not_found_error" };

const deleting = (query: Record<string, string> = {}) =>
  fakeManager()
    .on("DELETE /deployments/d1", { status: 204, query })
    .list("/executions", [deletion], { query: { workflow_id: "delete_deployment_environment", deployment_id: "d1" } })
    .on("GET /events", { answer: page([]), times: "any" });

describe("deployments delete", () => {
  it("waits until the execution that deletes it is gone with it", async () => {
    const manager = deleting({ force: "True", delete_logs: "True", recursive: "False" })
      .on("GET /executions/E7", { answer: deletion })
      .on("GET /executions/E7", { status: 404, answer: missing });
    const ran = await cfy("deployments delete d1 --force --with-logs", { manager, clock: fastClock() });
    expect(ran).toMatchObject({ code: 0, stdout: "The deployment d1 is deleted\n" });
  });

  it("tells why the deletion failed", async () => {
    const failed = { ...deletion, status: "failed", error: "agent is stuck" };
    const manager = deleting().on("GET /executions/E7", { answer: failed, times: "any" });
    const ran = await cfy("deployments delete d1", { manager, clock: fastClock() });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("agent is stuck");
  });

  it("says that something is in the way", async () => {
    const answer = {
      message: "Can't delete deployment d1 - There are live nodes",
      error_code: "dependent_exists_error",
    };
    const manager = fakeManager().on("DELETE /deployments/d1", { status: 400, answer });
    expect((await cfy("deployments delete d1", { manager })).code).toBe(6);
  });
});

describe("deployments create", () => {
  it("sends inputs, labels and names, and prints the id for a script", async () => {
    const manager = fakeManager().on("PUT /deployments/d1", {
      status: 201,
      body: {
        blueprint_id: "app",
        visibility: "private",
        inputs: { port: "8080" },
        site_name: "s1",
        labels: [{ env: "prod" }, { owner: "me" }],
        display_name: "One",
        skip_plugins_validation: false,
        runtime_only_evaluation: true,
      },
      answer: { id: "d1" },
    });
    const line =
      "deployments create d1 -b app -i port=8080 -l private -s s1 --labels env:prod,owner:me -n One --runtime-only-evaluation --format id";
    const ran = await cfy(line.replace("--format id", "--output id"), { manager });
    expect(ran).toEqual({ code: 0, stdout: "d1\n", stderr: "" });
  });

  it("says how to see what the blueprint wants", async () => {
    const answer = { message: "missing inputs: port", error_code: "missing_required_deployment_input_error" };
    const manager = fakeManager().on("PUT /deployments/d1", { status: 400, answer });
    const ran = await cfy("deployments create d1 -b app", { manager });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("cfy blueprints inputs app") });
  });

  it("takes an id or makes one, not both", async () => {
    expect((await cfy("deployments create d1 -b app --generate-id", { manager: fakeManager() })).code).toBe(2);
  });
});
