import { describe, expect, it } from "vitest";
import { renderText, toJson, toSarif } from "../../../../src/dsl/index.ts";
import { parse } from "../blueprints.ts";

const failed = async () => {
  const result = await parse(`tosca_definitions_version: cloudify_dsl_1_5
node_types: {app: {}}
node_templates:
  web:
    type: apq
`);
  if (result.ok) throw new Error("the blueprint was meant to be wrong");
  return result;
};

describe("errors of a blueprint", () => {
  it("are shown with their line, the place marked, the path and what to do", async () => {
    const { errors, sources } = await failed();
    expect(renderText(errors, sources)).toBe(
      [
        'blueprint.yaml:5:11: the node type "apq" of web is not known (7, DSLParsingLogicException)',
        "  5 |     type: apq",
        "    |           ^^^",
        "  at node_templates.web.type",
        '  did you mean "app"?',
      ].join("\n"),
    );
  });

  it("are one JSON document", async () => {
    const { errors } = await failed();
    expect(JSON.parse(JSON.stringify(toJson(errors)))).toMatchObject({
      valid: false,
      errors: [
        {
          code: 7,
          class: "DSLParsingLogicException",
          file: "blueprint.yaml",
          line: 5,
          column: 11,
          path: ["node_templates", "web", "type"],
        },
      ],
    });
  });

  it("are results of a SARIF run, with a rule for each kind", async () => {
    const { errors } = await failed();
    expect(toSarif(errors, { name: "cfy", version: "1" })).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "cfy", rules: [{ id: "DSLParsingLogicException/7" }] } },
          results: [
            {
              ruleId: "DSLParsingLogicException/7",
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "blueprint.yaml" },
                    region: { startLine: 5, startColumn: 11 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });
});
