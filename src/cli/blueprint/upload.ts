import type { Blueprint } from "../../api/resources.ts";
import { isFailedUpload, type Visibility } from "../../api/statuses.ts";
import { type Client, fileBody } from "../../client/index.ts";
import type { Context } from "../context.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { followToEnd, interruptedBy } from "../follow/index.ts";
import { counted } from "../output/counted.ts";
import { withProgressBar } from "../transfer.ts";
import { checkArchive } from "./archive.ts";
import { folderLimits } from "./limits.ts";
import { withPackedFolder } from "./pack.ts";
import { type RefusedLines, refusedLines } from "./refused-lines.ts";
import type { BlueprintSource } from "./source.ts";
import { withUnpackedArchive } from "./unpack.ts";
import { uploadSource } from "./upload-progress.ts";

export interface BlueprintUpload {
  id: string;
  source: BlueprintSource;
  /** The path of a picture to send along; what is at a URL the server fetches as it is. */
  icon?: string | undefined;
  visibility: Visibility;
  labels?: { key: string; value: string }[];
}

/** How long the server may take to unpack and parse a blueprint. */
export const UPLOAD_PATIENCE_SECONDS = 900;

/** Hands a blueprint over. The server has then only begun: see `awaitUpload`. */
export async function uploadBlueprint(ctx: Context, client: Client, upload: BlueprintUpload): Promise<Blueprint> {
  const { id, source, icon, visibility, labels } = upload;
  const params = {
    visibility,
    async_upload: true,
    skip_execution: false,
    application_file_name: source.mainFile,
    labels,
  };
  if (source.kind === "url") {
    return await client.blueprints.upload(id, { ...params, blueprint_archive_url: source.url }, { signal: ctx.signal });
  }
  if (source.kind === "archive") await checkArchive(source.file, source.mainFile);
  const limits = await folderLimits(client);
  const send = (file: string): Promise<Blueprint> =>
    withProgressBar(ctx, "Uploading", async (progress) =>
      client.blueprints.upload(id, params, { archive: await fileBody(file), progress, signal: ctx.signal }),
    );
  if (source.kind === "folder") return await withPackedFolder(source.folder, { limits, icon }, send);
  if (icon === undefined) return await send(source.file);
  return await withUnpackedArchive(source.file, source.mainFile, (folder) => withPackedFolder(folder, { icon }, send));
}

/**
 * Waits until the server has unpacked and parsed a blueprint, showing what it does.
 * @throws CfyError the blueprint is invalid, or something about the upload failed
 */
export async function awaitUpload(
  ctx: Context,
  client: Client,
  id: string,
  uploaded: BlueprintSource,
  {
    uploadTimeout: timeout = UPLOAD_PATIENCE_SECONDS,
    ...showing
  }: { jsonOutput?: boolean; uploadTimeout?: number } = {},
): Promise<Blueprint> {
  const { upload_execution: upload } = await client.blueprints.get(id);
  if (!upload)
    throw new CfyError("no_upload_execution", `The server does not say how it takes the blueprint ${id}`, {
      hint: `cfy blueprints get ${id}`,
    });
  const execution = await client.executions.get(upload.id);
  if (execution.status === "queued") ctx.notice("The server is busy; the blueprint waits for its turn.");
  const source = uploadSource(client, id, execution.id);
  const outcome = await followToEnd(ctx, source, {
    ...showing,
    failuresInBrief: true,
    name: `upload of ${id}`,
    timeout,
  });
  switch (outcome.kind) {
    case "ended": {
      const { blueprint } = outcome.subject;
      if (isFailedUpload(blueprint.state)) throw failed(blueprint, await refusedLines(ctx, blueprint, uploaded));
      return blueprint;
    }
    case "timed-out":
      throw tooLong(id, timeout);
    case "detached":
      throw detached(ctx, id);
    case "gone":
      throw new CfyError("not_found_error", `The blueprint ${id} was deleted while it was taken in`, {
        exit: ExitCode.NotFound,
      });
  }
}

function failed({ id, state, error, upload_execution: execution }: Blueprint, findings?: RefusedLines): CfyError {
  const what = state === "invalid" ? "is invalid" : `could not be taken (${state.replaceAll("_", " ")})`;
  const why = findings?.sayAll ? counted(findings.faults.length, "error") : (error ?? "no reason is given");
  return new CfyError(state === "invalid" ? "invalid_blueprint" : state, `The blueprint ${id} ${what}: ${why}`, {
    findings,
    hint: execution ? `cfy events list ${execution.id}` : [],
  });
}

const tooLong = (id: string, seconds: number): CfyError =>
  new CfyError(
    "timed_out",
    `The server has not taken the blueprint ${id} within ${counted(seconds, "second")}; it goes on`,
    {
      exit: ExitCode.TimedOut,
      hint: `cfy blueprints get ${id}`,
    },
  );

const detached = (ctx: Context, id: string): CfyError =>
  new CfyError("detached", `The upload of ${id} goes on without this terminal`, {
    exit: interruptedBy(ctx),
    hint: `cfy blueprints get ${id}`,
  });
