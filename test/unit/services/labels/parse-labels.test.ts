import { describe, expect, it } from "vitest";
import { parseLabels } from "../../../../src/services/labels/parse-labels.ts";

describe("labels", () => {
  it.each([
    [
      [{ Env: "prod" }, { owner: ["me", "you"] }],
      [
        ["env", "prod"],
        ["owner", "me"],
        ["owner", "you"],
      ],
    ],
    [[{ key: "env", value: "prod" }], [["env", "prod"]]],
    [[{ "csys-obj-type": "Environment" }], [["csys-obj-type", "environment"]]],
    [null, []],
  ])("%j are understood", (labels, pairs) => {
    expect(parseLabels(labels).map(({ key, value }) => [key, value])).toEqual(pairs);
  });

  it.each([
    [{ env: "prod" }, "list of 1-entry dictionaries"],
    [[{ a: "1", b: "2" }], "list of 1-entry dictionaries"],
    [[{ env: 5 }], "list of 1-entry dictionaries"],
    [[{ "a b": "x" }], "key"],
    [[{ env: 'say "x"' }], "value"],
    [[{ "csys-secret": "x" }], "reserved"],
    [[{ "csys-location-lat": "91" }], "-90 to 90"],
    [[{ env: "x" }, { ENV: "x" }], "twice"],
  ])("%j are refused", (labels, reason) => {
    expect(() => parseLabels(labels)).toThrow(
      expect.objectContaining({ code: "bad_parameters_error", message: expect.stringContaining(reason) }),
    );
  });
});
