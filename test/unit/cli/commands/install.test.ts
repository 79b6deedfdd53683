import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { fastClock } from "../../../helpers/fast-clock.ts";
import { anEvent, anExecution, page } from "../../../helpers/resources.ts";

const BLUEPRINT = resolve("test/compat/recordings-input/simple/blueprint.yaml");
const upload = anExecution({ id: "U1", workflow_id: "upload_blueprint", deployment_id: null });
const blueprint = (state: string, error: string | null = null) => ({
  id: "app",
  state,
  error,
  upload_execution: upload,
});

const uploading = (end: ReturnType<typeof blueprint>) =>
  fakeManager()
    .on("GET /api/version", { answer: { version: "7.1" } })
    .on("GET /config", { answer: { items: [], metadata: {} } })
    .on("PUT /blueprints/app", { status: 201, answer: blueprint("uploading") })
    .on("GET /blueprints/app", { answer: blueprint("parsing") })
    .on("GET /executions/U1", { answer: upload })
    .on("GET /blueprints/app", { answer: end, times: "any" });

describe("install", () => {
  it("goes from a folder to an installed deployment", async () => {
    const manager = uploading(blueprint("uploaded"))
      .on("PUT /deployments/d1", { status: 201, answer: { id: "d1" } })
      .on("POST /executions", { status: 201, answer: anExecution({ status: "pending" }) })
      .on("GET /executions/E1", { answer: anExecution({ status: "terminated" }), times: "any" })
      .on("GET /events", {
        query: { execution_id: "E1", _offset: "0" },
        answer: page([anEvent({ event_type: "workflow_succeeded" })]),
      })
      .on("GET /events", { answer: page([]), times: "any" });
    const ran = await cfy(`install ${BLUEPRINT} -b app -d d1`, { manager, clock: fastClock() });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining("install on d1 has completed") });
  });

  it("makes no deployment of a blueprint that is invalid, and says what is wrong with it", async () => {
    const manager = uploading(blueprint("invalid", "no such type")).on("GET /events", {
      answer: page([]),
      times: "any",
    });
    const ran = await cfy(`install ${BLUEPRINT} -b app -d d1`, { manager, clock: fastClock() });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("no such type") });
  });

  it("shows the lines that the server has named, if they are found wrong here too", async () => {
    const file = join(temporaryDirectory(), "blueprint.yaml");
    writeFileSync(file, "tosca_definitions_version: cloudify_dsl_1_4\nnode_templates: {a: {type: b}}\ngroups: 1\n");
    const refusal = "Could not locate node type: b\n  in: blueprint.yaml\n  in line: 2, column: 28";
    const manager = uploading(blueprint("invalid", refusal)).on("GET /events", { answer: page([]), times: "any" });
    const { stderr } = await cfy(["install", file, "-b", "app"], { manager, clock: fastClock() });
    expect(stderr).toContain(refusal);
    expect(stderr).toMatch(/Read here, in the files that were sent:\n\S+:2:28: .*\n {2}2 \| node_templates: /);
    expect(stderr).not.toContain("3 |");
  });

  it("tells the faults once, where the server finds those that are found here", async () => {
    const file = join(temporaryDirectory(), "blueprint.yaml");
    writeFileSync(file, "tosca_definitions_version: cloudify_dsl_1_4\nnode_templates: {a: {type: b}}\n");
    const validated = await cfy(["blueprints", "validate", file, "--json"]);
    const [fault] = JSON.parse(validated.stdout).errors;
    const refusal = `${fault.message}\n  in: blueprint.yaml\n  in line: ${fault.line}, column: ${fault.column}`;
    const failure = anEvent({ event_type: "workflow_failed", message: `'upload_blueprint' failed: ${refusal}` });
    const manager = uploading(blueprint("invalid", refusal))
      .on("GET /events", { query: { _offset: "0" }, answer: page([failure]) })
      .on("GET /events", { answer: page([]), times: "any" });
    const { stdout, stderr } = await cfy(["install", file, "-b", "app"], { manager, clock: fastClock() });
    expect(stdout.trimEnd().endsWith(`'upload_blueprint' failed: ${fault.message}`)).toBe(true);
    expect(stderr).toContain("Error: The blueprint app is invalid: 1 error\n");
    expect(stderr.split(fault.message)).toHaveLength(2);
  });

  it("with --validate leaves to the server what only the server can know", async () => {
    const file = join(temporaryDirectory(), "blueprint.yaml");
    writeFileSync(file, "tosca_definitions_version: cloudify_dsl_1_4\nimports: [plugin:far]\n");
    const manager = uploading(blueprint("invalid", "no such plugin")).on("GET /events", {
      answer: page([]),
      times: "any",
    });
    const { stderr } = await cfy(["install", file, "-b", "app", "--validate"], { manager, clock: fastClock() });
    expect(stderr).toContain("can only be checked by the server: here no plugin far is known");
    expect(stderr).toContain("The blueprint app is invalid: no such plugin");
  });

  it("with --validate sends nothing that is found wrong here", async () => {
    const file = join(temporaryDirectory(), "blueprint.yaml");
    writeFileSync(file, "tosca_definitions_version: cloudify_dsl_1_4\nimports: [none.yaml, plugin:far]\n");
    const manager = fakeManager().on("GET /api/version", { answer: { version: "7.1" } });
    const ran = await cfy(["install", file, "-b", "app", "--validate"], { manager, clock: fastClock() });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("there is no none.yaml") });
  });

  it.each([
    "-d 'not an id'",
    "--count 2 -g 'not an id'",
    "-i nosuch.yaml",
    "-p [1,2]",
    "--deployment-labels nolabel",
    "--blueprint-labels nolabel",
  ])("with %s sends nothing, and so does apply", async (mistake) => {
    const manager = fakeManager();
    expect((await cfy(`install ${BLUEPRINT} -b app ${mistake}`, { manager })).code).toBeGreaterThan(0);
    if (mistake.startsWith("--count")) return;
    expect((await cfy(`apply --blueprint-path ${BLUEPRINT} -b app ${mistake}`, { manager })).code).toBeGreaterThan(0);
  });

  it("apply calls a first blueprint after its folder, as install does, whatever the deployment is called", async () => {
    const manager = fakeManager()
      .on("GET /deployments/d1", { status: 404, answer: { error_code: "not_found_error", message: "no d1" } })
      .on("GET /api/version", { answer: { version: "7.1" } })
      .on("GET /config", { answer: { items: [], metadata: {} } })
      .on("PUT /blueprints/simple", { status: 500, answer: { error_code: "stop", message: "stop" } });
    expect((await cfy(`apply --blueprint-path ${BLUEPRINT} -d d1`, { manager })).code).toBe(1);
  });

  it("sends nothing when the path leads nowhere", async () => {
    expect((await cfy("install nosuch/blueprint.yaml", { manager: fakeManager() })).code).toBe(5);
  });
});
