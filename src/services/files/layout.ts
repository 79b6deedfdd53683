import { dirname, join } from "node:path";
import type { ArchiveKind } from "../blueprints/archive.ts";

/** Where files lie below the server's folder of files; the same paths stand behind `/resources`. */

/** The unpacked blueprint: what operations download their scripts from. */
export const blueprintDirectory = (files: string, tenant: string, blueprintId: string): string =>
  join(files, "blueprints", tenant, blueprintId);

/** Holds the one archive that was uploaded, under the blueprint's id and its own extension. */
export const archiveDirectory = (files: string, tenant: string, blueprintId: string): string =>
  join(files, "uploaded-blueprints", tenant, blueprintId);

export const archiveName = (blueprintId: string, kind: ArchiveKind): string => `${blueprintId}.${kind}`;

/** A deployment's own files, and the working directory of its operations. */
export const deploymentDirectory = (files: string, tenant: string, deploymentId: string): string =>
  join(files, "deployments", tenant, deploymentId);

/** A plugin's archive as it was uploaded, and its YAML files. */
export const pluginDirectory = (files: string, pluginId: string): string => join(files, "plugins", pluginId);

/** The virtual environment of a plugin: beside the files, since nobody downloads it. */
export const pluginEnvironmentDirectory = (files: string, pluginId: string): string =>
  join(dirname(files), "plugins", pluginId);

/** A snapshot or a log bundle: beside the files, since it may hold what only administrators may see. */
export const archivePath = (files: string, folder: string, tenant: string, id: string): string =>
  join(dirname(files), folder, tenant, `${id}.zip`);

/** Uploads under way; nothing serves them. */
export const incomingDirectory = (files: string): string => join(files, "incoming");
