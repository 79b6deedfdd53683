import type { Client } from "../../client/index.ts";

/** How much a server takes; undefined: no limit is known. */
export interface FolderLimits {
  files?: number;
  bytes?: number;
}

export async function folderLimits(client: Client): Promise<FolderLimits> {
  const { items } = await client.rest.page<{ name: string; value: unknown }>("config", { scope: "rest" });
  const positive = (name: string): number | undefined => {
    const value = Number(items.find((item) => item.name === name)?.value);
    return value > 0 ? value : undefined;
  };
  const megabytes = positive("blueprint_folder_max_size_mb");
  return {
    files: positive("blueprint_folder_max_files"),
    bytes: megabytes === undefined ? undefined : megabytes * 1024 * 1024,
  };
}
