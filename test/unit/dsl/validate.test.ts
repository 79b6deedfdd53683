import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { validateBlueprint } from "../../../src/dsl/index.ts";
import { temporaryDirectory } from "../../helpers/directory.ts";

function folderWith(files: Record<string, string>): string {
  const folder = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

it("tells errors in the order in which a file is read", async () => {
  const folder = folderWith({
    "blueprint.yaml": `tosca_definitions_version: cloudify_dsl_1_3
inputs:
  port: {type: integr}
node_types: {server: {}}
node_templates:
  web:
    type: servr
  db:
    type: server
    relationships: [{type: cloudify.relationships.contained_in, target: hots}]
`,
  });
  const { plan, errors } = await validateBlueprint(folder, "blueprint.yaml");
  expect(plan).toBeNull();
  expect(errors.map(({ line }) => line)).toEqual([3, 7, 10, 10]);
});

it("tells that the main file is missing", async () => {
  const { errors } = await validateBlueprint(folderWith({}), "blueprint.yaml");
  expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining("blueprint.yaml cannot be read")]);
});

it("tells every line that is no YAML, and nothing that only follows from it", async () => {
  const folder = folderWith({
    "blueprint.yaml": "imports: [cloudify/types/types.yaml, parts.yaml]\ntosca_definitions_version: cloudify_dsl_1_5\n",
    "parts.yaml": `inputs:
  port: {default: 'it's'}
  host: {default: @home}
  user: name: root
outputs: {url: {value: "open}
`,
  });
  const { errors } = await validateBlueprint(folder, "blueprint.yaml");
  expect(errors.map(({ file, line, code }) => [file, line, code])).toEqual([
    ["parts.yaml", 2, -1],
    ["parts.yaml", 3, -1],
    ["parts.yaml", 4, -1],
  ]);
});

it("tells of what is no blueprint at all no more than a screen holds", async () => {
  const folder = folderWith({ "blueprint.yaml": "@\n".repeat(5000) });
  const { errors } = await validateBlueprint(folder, "blueprint.yaml");
  expect(errors.length).toBeLessThan(30);
});
