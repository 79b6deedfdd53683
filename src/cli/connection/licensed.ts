import type { Client } from "../../client/index.ts";

/** Some servers take uploads only with a license: asked before much is sent. @throws RestError there is none */
export async function requireLicense(client: Client, signal: AbortSignal): Promise<void> {
  const { edition } = await client.manager.version({ signal });
  if (edition === "premium") await client.license.check({ signal });
}
