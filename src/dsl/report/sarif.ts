// Errors as SARIF 2.1.0, which editors and code hosts show beside the text.
import type { DslError } from "../errors.ts";
import { pathText } from "../path.ts";

export interface SarifTool {
  name: string;
  version: string;
}

/** A SARIF log of one run. `uri` turns a file's name into what the reader of the log knows it by. */
export function toSarif(errors: readonly DslError[], tool: SarifTool, uri: (file: string) => string = (file) => file) {
  const rules = [...new Map(errors.map((error) => [ruleId(error), error.className])).entries()];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { ...tool, rules: rules.map(([id, name]) => ({ id, name })) } },
        results: errors.map((error) => ({
          ruleId: ruleId(error),
          level: "error",
          message: { text: error.hint === undefined ? error.message : `${error.message}. ${error.hint}` },
          locations: [location(error, uri)],
        })),
      },
    ],
  };
}

const ruleId = ({ className, code }: DslError): string => (code === null ? className : `${className}/${code}`);

function location({ location, at }: DslError, uri: (file: string) => string) {
  return {
    ...(location && {
      physicalLocation: {
        artifactLocation: { uri: encodeURI(uri(location.file)) },
        region: { startLine: location.line, startColumn: location.column },
      },
    }),
    ...(at && { logicalLocations: [{ fullyQualifiedName: pathText(at), kind: "member" }] }),
  };
}
