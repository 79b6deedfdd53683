import { faultLook } from "../../blueprint/fault-look.ts";
import { notValid, readBlueprint } from "../../blueprint/validate.ts";
import { argument, command } from "../../command.ts";
import type { BlueprintFault, BlueprintReading, Context } from "../../context.ts";
import { ExitCode } from "../../exit-code.ts";
import type { Column } from "../../output/column.ts";
import { blueprintFileOption } from "./options.ts";

const FAULT_COLUMNS: readonly Column<BlueprintFault>[] = [
  { key: "file" },
  { key: "line" },
  { key: "column" },
  { key: "code" },
  { key: "class" },
  { key: "message" },
  { key: "path", value: ({ path }) => path.join(".") },
  { key: "hint" },
];

/** `cfy blueprints validate`: reads a blueprint as the server would, without one. */
export const validate = command({
  name: "validate",
  summary: "Check a blueprint without uploading it",
  description:
    "Shows all its errors, each with its line, on stdout: with --json as one document, with --format sarif as a SARIF 2.1.0 log for editors and code hosts. Exit code 1 when there are any; a warning alone does not count. Needs no server.",
  arguments: { blueprintPath: argument({ help: "The main file, its folder, or an archive", complete: "file" }) },
  options: { fileName: blueprintFileOption },
  examples: [
    ["cfy blueprints validate app/blueprint.yaml", "all its errors, with file and line"],
    ["cfy blueprints validate app/blueprint.yaml --json | jq '.errors[].message'", "the errors for a program"],
    [
      "cfy blueprints validate app/blueprint.yaml --format sarif > app.sarif",
      "the errors for an editor or a code host",
    ],
  ],
  formats: ["sarif"],
  columns: FAULT_COLUMNS,
  async run(ctx, { blueprintPath, fileName }) {
    const reading = await readBlueprint(ctx, blueprintPath, fileName);
    await show(ctx, reading, blueprintPath);
    if (reading.faults.length > 0) throw notValid(blueprintPath, reading);
    return ExitCode.Ok;
  },
});

/** What a check finds is its result, as the lines that a search finds are: it goes to stdout. */
async function show({ io, output }: Context, reading: BlueprintReading, path: string): Promise<void> {
  const { faults, warnings } = reading;
  const valid = faults.length === 0;
  switch (output.format) {
    case "table": {
      const found = [...faults, ...warnings];
      if (found.length > 0) output.line(reading.text(found, await faultLook(io.stdout)));
      return valid ? output.line(`${path} is valid`) : undefined;
    }
    case "json":
    case "yaml":
      return await output.document({ valid, errors: faults, warnings }, () => "");
    case "sarif":
      return await output.document(reading.sarif(), () => "");
    default:
      return await output.rows(faults, { title: "Errors:", columns: FAULT_COLUMNS });
  }
}
