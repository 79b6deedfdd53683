import type { Rest } from "./rest.ts";

const INSTALL_LIMIT = 360_000;

/** Uploads a plugin and waits until it is installed. @throws Error saying why it cannot be */
export async function uploadPlugin(rest: Rest, archive: Buffer): Promise<void> {
  const { id } = await rest.need(rest.send("POST", "plugins", { visibility: "tenant" }, archive));
  await rest.need(rest.post(`plugins/${id}`, { action: "install" }));
  const deadline = Date.now() + INSTALL_LIMIT;
  for (;;) {
    const plugin = await rest.need(rest.get(`plugins/${id}`));
    const [place] = plugin.installation_state as { state: string; error: string | null }[];
    if (place?.state === "installed") return;
    if (place?.state === "error" || Date.now() > deadline)
      throw new Error(`the plugin is ${place?.state}: ${place?.error}`);
    await new Promise((next) => setTimeout(next, 100));
  }
}
