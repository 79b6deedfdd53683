import { access } from "node:fs/promises";
import type { Blueprint } from "../../api/resources.ts";
import type { Visibility } from "../../api/statuses.ts";
import { type Client, fileBody } from "../../client/index.ts";
import { requireLicense } from "../connection/licensed.ts";
import type { Context } from "../context.ts";
import { parseLabels } from "../inputs/labels.ts";
import { validName } from "../inputs/names.ts";
import { blueprintSource, defaultBlueprintId } from "./source.ts";
import { awaitUpload, uploadBlueprint } from "./upload.ts";
import { validateBeforeUpload } from "./validate.ts";

export interface TakeBlueprint {
  /** As on the command line: a file, a folder, an archive, a URL, a repository. */
  path: string;
  fileName: string;
  blueprintId?: string | undefined;
  labels?: string | undefined;
  iconPath?: string | undefined;
  /** Validate it here first. */
  validate: boolean;
  visibility: Visibility;
  privateResource?: boolean;
  /** False: do not wait until the server has parsed it. */
  wait: boolean;
  /** Seconds to wait; 0: no limit. */
  uploadTimeout?: number;
  /** Of the events while it waits. */
  jsonOutput?: boolean;
}

/** From a word on the command line to a blueprint on the server. */
export async function takeBlueprint(ctx: Context, client: Client, wanted: TakeBlueprint): Promise<Blueprint> {
  const source = await blueprintSource(wanted.path, wanted.fileName);
  const id = validName(wanted.blueprintId ?? defaultBlueprintId(source), "blueprint id");
  const labels = wanted.labels === undefined ? undefined : parseLabels(wanted.labels).flatMap(keyAndValue);
  const icon = wanted.iconPath;
  if (icon !== undefined) await access(icon);
  await requireLicense(client, ctx.signal);
  if (wanted.validate && source.kind !== "url") await validateBeforeUpload(ctx, wanted.path, source.mainFile);

  ctx.notice(source.kind === "url" ? `Publishing ${source.url} as ${id} …` : `Uploading ${wanted.path} as ${id} …`);
  const visibility = wanted.privateResource ? "private" : wanted.visibility;
  const begun = await uploadBlueprint(ctx, client, { id, source, icon, visibility, labels });
  const taken = wanted.wait ? await awaitUpload(ctx, client, id, source, wanted) : begun;
  // What the server fetches itself cannot be given an icon on the way.
  if (icon !== undefined && source.kind === "url") return await client.blueprints.setIcon(id, await fileBody(icon));
  return taken;
}

const keyAndValue = (label: Record<string, string>): { key: string; value: string }[] =>
  Object.entries(label).map(([key, value]) => ({ key, value }));
