import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderResolver, validateBlueprint } from "../../../../src/dsl/index.ts";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cfy-dsl-"));
  mkdirSync(join(home, "blueprint/scripts"), { recursive: true });
  writeFileSync(join(home, "secret.yaml"), "inputs: {}\n");
  writeFileSync(join(home, "blueprint/scripts/go.sh"), "#!/bin/sh\n");
  symlinkSync(join(home, "secret.yaml"), join(home, "blueprint/link.yaml"));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("the folder of a blueprint", () => {
  it("is read, and nothing outside it, not even through a link", () => {
    const resolver = folderResolver(join(home, "blueprint"));
    expect(resolver.exists("scripts/go.sh")).toBe(true);
    expect(resolver.exists("scripts")).toBe(false);
    for (const path of ["link.yaml", "../secret.yaml"]) {
      expect(resolver.exists(path)).toBe(false);
      expect(() => resolver.read(path)).toThrow("leads out");
    }
  });

  it.each([
    ["link.yaml", "link.yaml cannot be read: it is a link that leads out of the blueprint's folder"],
    ["loop.yaml", "loop.yaml cannot be read: it is a link that leads back to itself"],
    ["scripts", "scripts cannot be read: it is a directory"],
    ["none.yaml", "there is no none.yaml, beside blueprint.yaml"],
  ])("says why %s cannot be imported", async (path, message) => {
    symlinkSync("loop.yaml", join(home, "blueprint/loop.yaml"));
    writeFileSync(
      join(home, "blueprint/blueprint.yaml"),
      `tosca_definitions_version: cloudify_dsl_1_5\nimports: [${path}]\n`,
    );
    const report = await validateBlueprint(join(home, "blueprint"), "blueprint.yaml");
    expect(report.json().errors).toMatchObject([{ code: 13, message, line: 2, column: 11 }]);
  });

  it("is all that checking a blueprint needs", async () => {
    writeFileSync(
      join(home, "blueprint/blueprint.yaml"),
      "tosca_definitions_version: cloudify_dsl_1_5\nimports: [cloudify/types/types.yaml]\nworkflows: {w: scripts/go.sh}\n",
    );
    const report = await validateBlueprint(join(home, "blueprint"), "blueprint.yaml");
    expect(report.json()).toEqual({ valid: true, errors: [], warnings: [] });
  });

  it("that lacks the blueprint is an error like any other", async () => {
    const report = await validateBlueprint(join(home, "blueprint"), "none.yaml");
    expect(report.json()).toMatchObject({ valid: false, errors: [{ code: 30 }] });
  });
});
