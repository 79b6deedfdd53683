// Errors and warnings as SARIF 2.1.0, which editors and code hosts show beside the text.
import { DslError, type Finding } from "../errors.ts";
import { pathText } from "../path.ts";

export interface SarifTool {
  name: string;
  version: string;
}

/** A SARIF log of one run. `name` turns a file's name into what the reader of the log knows it by. */
export function toSarif(
  findings: readonly Finding[],
  tool: SarifTool,
  name: (file: string) => string = (file) => file,
) {
  const rules = [...new Map(findings.map((finding) => [ruleId(finding), ruleName(finding)])).entries()];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        columnKind: "utf16CodeUnits",
        tool: { driver: { ...tool, rules: rules.map(([id, name]) => ({ id, name })) } },
        results: findings.map((finding) => ({
          ruleId: ruleId(finding),
          level: finding instanceof DslError ? "error" : "warning",
          message: { text: finding.hint === undefined ? finding.message : `${finding.message}. ${finding.hint}` },
          locations: [locationOf(finding, name)],
        })),
      },
    ],
  };
}

const ruleName = (finding: Finding): string => (finding instanceof DslError ? finding.className : finding.rule);

const ruleId = (finding: Finding): string =>
  finding instanceof DslError && finding.code !== null ? `${finding.className}/${finding.code}` : ruleName(finding);

function locationOf(finding: Finding, name: (file: string) => string) {
  const { location } = finding;
  const at = finding instanceof DslError ? finding.at : null;
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
