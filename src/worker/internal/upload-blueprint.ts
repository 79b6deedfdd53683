import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../../api/resources.ts";
import { type DslError, folderResolver, type Plan, parseBlueprint } from "../../dsl/index.ts";
import { shownUrl } from "../../lib/address.ts";
import { extractArchive } from "../../services/blueprints/archive.ts";
import { type BlueprintProgress, setBlueprintState } from "../../services/blueprints/set-state.ts";
import { findResource } from "../../services/files/find-resource.ts";
import { type ExecutionEnd, failedBecause, terminated } from "../execution/execution-end.ts";
import type { Workflow, WorkflowParts } from "../execution/workflow.ts";
import { catalogueResolver } from "./catalogue-resolver.ts";
import { fetchArchive } from "./fetch-archive.ts";

const DEFAULT_MAIN_FILE = "blueprint.yaml";

/** What went wrong, and in which state it leaves the blueprint. */
class UploadFailure extends Error {
  readonly state: BlueprintProgress["state"];
  constructor(state: BlueprintProgress["state"], message: string) {
    super(message);
    this.state = state;
  }
}

/** Unpacks the archive of an upload, parses its main file and stores the plan. */
export const uploadBlueprint: Workflow = async (parts) => {
  await parts.begins();
  const { execution, surroundings } = parts;
  const blueprintId = String(execution.parameters["blueprint_id"]);
  const progress = (change: BlueprintProgress) =>
    surroundings.database.unitOfWork((tx) => setBlueprintState(tx, execution.tenant_name, blueprintId, change));
  try {
    return await upload(parts, blueprintId, progress);
  } catch (error) {
    const failure = error instanceof UploadFailure ? error : new UploadFailure("invalid", messageOf(error));
    await progress({ state: failure.state, error: failure.message, error_traceback: failure.message });
    return failedBecause(failure.message);
  }
};

async function upload(
  { execution, surroundings, rows }: WorkflowParts,
  blueprintId: string,
  progress: (change: BlueprintProgress) => Promise<void>,
): Promise<ExecutionEnd> {
  const { home, journal, database } = surroundings;
  const tenant = execution.tenant_name;
  const tell = (message: string) => journal.write([{ kind: "event", event: rows.log("info", message) }]);
  const directory = home.blueprint(tenant, blueprintId);

  const url = execution.parameters["url"];
  if (typeof url === "string" && url !== "") {
    await progress({ state: "uploading" });
    await tell(`Downloading the blueprint archive from ${shownUrl(url)}`);
    await fetchArchive(url, home.archive(tenant, blueprintId), blueprintId).catch((error) => {
      throw new UploadFailure("failed_uploading", messageOf(error));
    });
  }
  await progress({ state: "extracting" });
  await tell("Blueprint archive uploaded. Extracting...");
  await extractArchive(await archiveOf(home.archive(tenant, blueprintId)), directory).catch((error) => {
    throw new UploadFailure("failed_extracting", messageOf(error));
  });

  await progress({ state: "parsing" });
  await tell("Blueprint archive extracted. Parsing...");
  const mainFile = String(execution.parameters["app_file_name"] || DEFAULT_MAIN_FILE);
  const main = await readFile(await findResource(mainFile, [directory]).catch(() => noMainFile(mainFile)), "utf8");
  const resolver = catalogueResolver(folderResolver(directory), { read: database.read, home, tenant });
  const parsed = await parseBlueprint({ location: mainFile, text: main }, resolver);
  if (!parsed.ok) throw new UploadFailure("invalid", parsed.errors.map(described).join("\n"));

  await tell("Blueprint parsed. Updating DB with blueprint plan.");
  await progress({
    state: "uploaded",
    plan: parsed.plan as unknown as JsonObject,
    requirements: parsed.plan.requirements as unknown as JsonObject,
    description: parsed.plan.description,
    main_file_name: mainFile,
    labels: labelsOf(parsed.plan),
  });
  return terminated;
}

async function archiveOf(directory: string): Promise<string> {
  const [name] = await readdir(directory).catch(() => []);
  if (name === undefined)
    throw new UploadFailure("failed_uploading", "The archive of the blueprint is not there any more; upload it again");
  return join(directory, name);
}

function noMainFile(name: string): never {
  throw new UploadFailure(
    "failed_parsing",
    `The blueprint has no file ${name}; name its main file with --blueprint-filename`,
  );
}

/** An error of the language with its place and what to do. */
function described({ message, file, line, column, path, hint }: DslError): string {
  return [
    message,
    ...(file === undefined ? [] : [`  in: ${file}`]),
    ...(line === undefined ? [] : [`  in line: ${line}, column: ${column}`]),
    ...(path.length === 0 ? [] : [`  path: ${path.join(".")}`]),
    ...(hint === undefined ? [] : [`  hint: ${hint}`]),
  ].join("\n");
}

const labelsOf = ({ blueprint_labels }: Plan) =>
  Object.entries(blueprint_labels ?? {}).flatMap(([key, { values }]) =>
    values.map((value) => ({ key: key.toLowerCase(), value: String(value) })),
  );

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
