import { cp, mkdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { create } from "tar";
import type { JsonObject } from "../../api/resources.ts";
import { isFailedUpload } from "../../api/statuses.ts";
import { archiveKind } from "../../services/blueprints/archive.ts";
import { deleteBlueprint } from "../../services/blueprints/change.ts";
import { uploadBlueprint } from "../../services/blueprints/upload.ts";
import { findResource } from "../../services/files/find-resource.ts";
import { archiveName } from "../../services/files/layout.ts";
import { parseLabels } from "../../services/labels/parse-labels.ts";
import type { BlueprintRow } from "../../storage/index.ts";
import { ended } from "./other-deployment.ts";
import { store, textOf, type Work } from "./work.ts";

const FIELDS = ["id", "tenant_name", "state", "error", "upload_execution_id"];

export const blueprintIdOf = ({ subject }: Work, { id }: JsonObject): string => textOf(id) ?? subject.instance.id;

/**
 * Uploads the blueprint of a node from an archive, a folder of its own blueprint or an address. One that is there
 * already is taken as it is.
 * @throws Error when it is to be there and is not, or cannot be read
 */
export async function provideBlueprint(work: Work, blueprint: JsonObject): Promise<void> {
  const { host, job } = work;
  const id = blueprintIdOf(work, blueprint);
  const { blueprint_archive = null, main_file_name = null, labels = [] } = blueprint;
  await store(work, { blueprint: { id, blueprint_archive, application_file_name: main_file_name, labels } });
  const present = await stored(work, id);
  const isExternal = blueprint["external_resource"] === true;
  if (!present && isExternal) {
    throw new Error(`blueprint ID "${id}" does not exist on tenant "${job.tenant}", but external_resource is true`);
  }
  if (present) {
    host.log("info", isExternal ? "Using external blueprint." : `Blueprint "${id}" exists, will use the existing one.`);
  } else {
    await upload(work, id, blueprint);
  }
  await untilUploaded(work, id);
}

const stored = ({ surroundings, job }: Work, id: string): Promise<BlueprintRow | undefined> =>
  surroundings.database.read.blueprints.get(job.tenant, id, FIELDS);

async function upload(work: Work, id: string, { blueprint_archive, main_file_name, labels }: JsonObject) {
  const { surroundings, job, who } = work;
  const archive = textOf(blueprint_archive);
  if (archive === undefined) throw new Error("no blueprint_archive supplied, but external_resource is false");
  const url = /^[a-z]+:\/\//i.test(archive) ? archive : undefined;
  const mainFileName = textOf(main_file_name);
  const asked = {
    id,
    visibility: "tenant" as const,
    labels: parseLabels(labels),
    validateOnly: false,
    ...(mainFileName ? { mainFileName } : {}),
    ...(url ? { url } : {}),
  };
  const { home } = surroundings;
  const places = [home.deployment(job.tenant, job.deployment.id), home.blueprint(job.tenant, job.blueprintId)];
  const source = url === undefined ? await findResource(archive, places, { folders: true }) : undefined;
  await surroundings.database.unitOfWork((tx) =>
    uploadBlueprint(tx, who, asked, async () => {
      const directory = home.archive(job.tenant, id);
      await rm(directory, { recursive: true, force: true });
      await mkdir(directory, { recursive: true, mode: 0o700 });
      if (source !== undefined) await putArchive(source, directory, id);
    }),
  );
}

async function putArchive(source: string, directory: string, id: string): Promise<void> {
  if ((await stat(source)).isDirectory()) {
    const file = join(directory, archiveName(id, "tar.gz"));
    await create({ gzip: true, portable: true, cwd: dirname(source), file }, [basename(source)]);
  } else {
    await cp(source, join(directory, archiveName(id, await archiveKind(source))));
  }
}

/** Another node may be uploading it. */
async function untilUploaded(work: Work, id: string): Promise<void> {
  const execution = (await stored(work, id))?.upload_execution_id;
  if (execution && !(await ended(work, [execution]))) throw new Error(`the upload of blueprint ${id} takes too long`);
  const blueprint = await stored(work, id);
  if (blueprint?.state === "uploaded") return;
  const state = blueprint?.state ?? "gone";
  const reason = isFailedUpload(state) && blueprint?.error ? `: ${blueprint.error}` : "";
  throw new Error(`blueprint ${id} upload failed (state: ${state})${reason}`);
}

/** Deletes what `provideBlueprint` has uploaded, unless somebody else uses it by now. */
export async function removeBlueprint(work: Work, blueprint: JsonObject): Promise<void> {
  if (blueprint["external_resource"] === true) return;
  const { surroundings, job, who, host } = work;
  const { database, home } = surroundings;
  const id = blueprintIdOf(work, blueprint);
  const present = await stored(work, id);
  if (!present) return host.log("warning", `Blueprint "${id}" was already deleted.`);
  if ((await database.read.deployments.ofBlueprint(present.tenant_name, id)).length > 0) {
    return host.log("warning", `Blueprint "${id}" stays: other deployments use it.`);
  }
  host.log("info", `Deleting blueprint "${id}"`);
  await database.unitOfWork((tx) => deleteBlueprint(tx, who, id, false));
  await rm(home.blueprint(job.tenant, id), { recursive: true, force: true });
  await rm(home.archive(job.tenant, id), { recursive: true, force: true });
}
