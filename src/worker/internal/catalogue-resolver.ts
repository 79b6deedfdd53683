import { readFile } from "node:fs/promises";
import { type CatalogueBlueprint, folderResolver, type Resolver } from "../../dsl/index.ts";
import type { Repositories } from "../../storage/index.ts";
import type { WorkerHome } from "../home.ts";
import { findResource } from "../operations/find-resource.ts";

interface Catalogue {
  read: Repositories;
  home: WorkerHome;
  tenant: string;
}

const FETCH_MILLISECONDS = 60_000;

/** Finds imports beyond the blueprint's own folder: on the network, and among the uploaded blueprints. */
export const catalogueResolver = (own: Resolver, catalogue: Catalogue): Resolver => ({
  ...own,
  fetch: async (url) => {
    if (!/^https?:/.test(url)) return null;
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MILLISECONDS) });
    return response.ok ? response.text() : null;
  },
  blueprint: (id) => uploadedBlueprint(id, catalogue),
});

async function uploadedBlueprint(id: string, { read, home, tenant }: Catalogue): Promise<CatalogueBlueprint | null> {
  const row = await read.blueprints.get(tenant, id, ["id", "tenant_name", "state", "main_file_name"]);
  if (row?.state !== "uploaded" || !row.main_file_name) return null;
  const directory = home.blueprint(row.tenant_name, id);
  const text = await readFile(await findResource(row.main_file_name, [directory]), "utf8");
  return { main: { location: row.main_file_name, text }, resolver: folderResolver(directory) };
}
