import { expect, it } from "vitest";
import { endOfError } from "../../../../src/worker/execution/execution-end.ts";
import { findPython } from "../../../../src/worker/processes/python.ts";

it("an execution that lacks python3 fails with a sentence, not with a place in the worker", async () => {
  const end = endOfError(await findPython({ PATH: "/nowhere" }).catch((error: unknown) => error));
  expect(end).toMatchObject({
    status: "failed",
    error: expect.stringMatching(/^python3 is needed .* on the PATH of the server$/),
  });
});

it("a fault of the worker is told with its place", () => {
  expect(endOfError(new TypeError("no such thing"))).toMatchObject({
    message: "no such thing",
    error: expect.stringContaining("execution-end.test.ts"),
  });
});
