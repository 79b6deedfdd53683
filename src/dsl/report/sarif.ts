// Errors as SARIF 2.1.0, which editors and code hosts show beside the text.
import type { DslError } from "../errors.ts";
import { pathText } from "../path.ts";

export interface SarifTool {
  name: string;
  version: string;
}

/** A SARIF log of one run. `name` turns a file's name into what the reader of the log knows it by. */
export function toSarif(errors: readonly DslError[], tool: SarifTool, name: (file: string) => string = (file) => file) {
  const rules = [...new Map(errors.map((error) => [ruleId(error), error.className])).entries()];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        columnKind: "utf16CodeUnits",
        tool: { driver: { ...tool, rules: rules.map(([id, name]) => ({ id, name })) } },
        results: errors.map((error) => ({
          ruleId: ruleId(error),
          level: "error",
          message: { text: error.hint === undefined ? error.message : `${error.message}. ${error.hint}` },
          locations: [location(error, name)],
        })),
      },
    ],
  };
}

const ruleId = ({ className, code }: DslError): string => (code === null ? className : `${className}/${code}`);

function location({ location, at }: DslError, name: (file: string) => string) {
  return {
    ...(location && {
      physicalLocation: {
        artifactLocation: { uri: uriOf(name(location.file)) },
        region: { startLine: location.line, startColumn: location.column },
      },
    }),
    ...(at && { logicalLocations: [{ fullyQualifiedName: pathText(at), kind: "member" }] }),
  };
}

/** An absolute path becomes a file URL, a relative one stays relative; an address is one already. */
function uriOf(file: string): string {
  if (/^[a-z]+:/.test(file)) return encodeURI(file);
  const path = file.split("/").map(encodeURIComponent).join("/");
  return file.startsWith("/") ? `file://${path}` : path;
}
