import { randomUUID } from "node:crypto";
import type { Visibility } from "../../api/statuses.ts";
import type { PluginRow, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { alreadyExists, found } from "../refusal.ts";
import type { StagedPlugin } from "./stage.ts";

export interface PluginUpload {
  /** Given when a plugin is brought back from elsewhere. */
  id?: string;
  title?: string;
  visibility: Visibility;
}

/**
 * Takes a plugin in. It is installed when somebody asks for it, or when it is first used.
 * @param keep puts the staged files where they stay; called when nothing can be refused any more
 * @throws conflict_error when the package is there already in this version and for this platform
 */
export async function uploadPlugin(
  tx: UnitOfWork,
  who: Identity,
  upload: PluginUpload,
  staged: StagedPlugin,
  keep: (pluginId: string) => Promise<void>,
): Promise<PluginRow> {
  authorize(who, "plugin_upload");
  if (upload.visibility === "global") authorize(who, "create_global_resource");
  const id = upload.id === undefined ? randomUUID() : validateIdentifier("id", upload.id, { mayBeginWithDigit: true });
  if (await isTaken(tx, who, id, staged)) throw alreadyExists("Plugin", id, who.tenant);
  await tx.plugins.insert({
    id,
    tenant_name: who.tenant,
    visibility: upload.visibility,
    created_by: who.username,
    uploaded_at: tx.now(),
    archive_name: staged.archive_name,
    title: upload.title ?? staged.package_name,
    package_name: staged.package_name,
    package_version: staged.package_version,
    package_source: staged.package_source,
    distribution: staged.distribution,
    distribution_release: staged.distribution_release,
    distribution_version: staged.distribution_version,
    supported_platform: staged.supported_platform,
    supported_py_versions: staged.supported_py_versions,
    excluded_wheels: staged.excluded_wheels,
    wheels: staged.wheels,
  });
  await recordChange(tx, who, "plugins", id, "create");
  await keep(id);
  return found(await tx.plugins.get(who.tenant, id), "Plugin", id);
}

async function isTaken(tx: UnitOfWork, who: Identity, id: string, staged: StagedPlugin): Promise<boolean> {
  if ((await tx.plugins.tenantsWith(id)).length > 0) return true;
  const { items } = await tx.plugins.list({
    scope: { tenants: [who.tenant], privateOf: "everyone" },
    filters: {
      package_name: [staged.package_name],
      package_version: [staged.package_version],
      distribution: [staged.distribution],
      distribution_release: [staged.distribution_release],
      supported_platform: [staged.supported_platform],
    },
  });
  return items.length > 0;
}
