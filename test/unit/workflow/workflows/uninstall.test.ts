import { describe, expect, it } from "vitest";
import { deployment, instance, node, workflow } from "../deployments.ts";
import { runProgram } from "../simulated-worker.ts";

describe("uninstall", () => {
  const uninstall = (parameters: object) =>
    runProgram(workflow("uninstall"), deployment([node("app", ["lifecycle.stop"])], [instance("app_1")]), {
      ...parameters,
    }).requests;

  it("uninstalls the services of the deployment first when it is recursive", () => {
    expect(uninstall({ recursive: true })).toMatchObject([
      { kind: "uninstall-services", parameters: { recursive: true } },
      { kind: "run-graph", name: "uninstall" },
    ]);
  });

  it("leaves the services alone unless it is told otherwise", () => {
    expect(uninstall({ recursive: false }).map(({ kind }) => kind)).toEqual(["run-graph"]);
  });
});
