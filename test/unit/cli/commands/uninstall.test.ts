import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { fastClock } from "../../../helpers/fast-clock.ts";
import { anEvent, anExecution, page } from "../../../helpers/resources.ts";

const uninstalled = anExecution({ workflow_id: "uninstall", status: "terminated" });
const started = (end = uninstalled) =>
  fakeManager()
    .on("POST /executions", { status: 201, answer: { ...end, status: "pending" } })
    .on("GET /executions/E1", { answer: end, times: "any" })
    .on("GET /events", { query: { _offset: "0" }, answer: page([anEvent({ event_type: "workflow_succeeded" })]) })
    .on("GET /events", { answer: page([]), times: "any" });

describe("uninstall", () => {
  it("uninstalls, then deletes the deployment and its blueprint", async () => {
    const manager = started()
      .on("GET /deployments/d1", { query: { _include: "blueprint_id" }, answer: { blueprint_id: "app" } })
      .on("DELETE /deployments/d1", { status: 204 })
      .list("/executions", [])
      .on("DELETE /blueprints/app", { status: 204 });
    const ran = await cfy("uninstall d1", { manager, clock: fastClock() });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("The blueprint app is deleted");
  });

  it("takes the services along when told to: workflow and deletion both know", async () => {
    const manager = started()
      .on("GET /deployments/d1", { query: { _include: "blueprint_id" }, answer: { blueprint_id: "app" } })
      .on("DELETE /deployments/d1", { query: { recursive: "True" }, status: 204 })
      .list("/executions", [])
      .on("DELETE /blueprints/app", { status: 204 });
    expect((await cfy("uninstall d1 --recursive -p ignore_failure=true", { manager, clock: fastClock() })).code).toBe(
      0,
    );
    expect(JSON.parse(manager.requests[0]?.body ?? "")).toMatchObject({
      parameters: { ignore_failure: "true", recursive: true },
    });
  });

  it("deletes nothing when the workflow has failed", async () => {
    const manager = started({ ...uninstalled, status: "failed", error: "no" });
    expect((await cfy("uninstall d1", { manager, clock: fastClock() })).code).toBe(1);
  });

  it("with --force deletes deployment and blueprint by force, too", async () => {
    const query = { force: "True" };
    const manager = started()
      .on("GET /deployments/d1", { answer: { blueprint_id: "app" } })
      .on("DELETE /deployments/d1", { query, status: 204 })
      .list("/executions", [])
      .on("DELETE /blueprints/app", { query, status: 204 });
    expect((await cfy("uninstall d1 --force", { manager, clock: fastClock() })).code).toBe(0);
  });
});
