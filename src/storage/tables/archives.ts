import type { ArchiveStatus } from "../../api/archives.ts";
import { nullable, oneOf, table, text } from "../column.ts";
import { resource } from "./resource.ts";

const archive = { ...resource, status: oneOf<ArchiveStatus>(), error: nullable(text) };

export const snapshots = table("snapshots", archive);

export const logBundles = table("log_bundles", archive);
