import { describe, expect, it } from "vitest";
import { compareVersions, fulfils } from "../../../../src/services/plugins/versions.ts";

describe("versions of plugins", () => {
  it("are ordered by their numbers, with what comes before and after a release", () => {
    const ordered = ["1.0.dev2", "1.0a1", "1.0rc1", "1.0", "1.0.post1", "1.2", "1.10", "2"];
    expect(ordered.toReversed().toSorted(compareVersions)).toEqual(ordered);
  });

  it.each([
    ["1.2", [">=1.0", "<2.0"], true],
    ["2.0", [">=1.0", "<2.0"], false],
    ["1.0.0", ["==1.0"], true],
    ["1.4.9", ["~=1.4.2"], true],
    ["1.5", ["~=1.4.2"], false],
    ["1.4.1", ["==1.4.*"], true],
    ["1.4.1", ["!=1.4.1"], false],
    ["1.4.1", [], true],
  ])("%s fulfils %j: %s", (version, comparisons, expected) => {
    expect(fulfils(version, comparisons)).toBe(expected);
  });
});
