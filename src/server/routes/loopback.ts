import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { writePrivateFile } from "../../lib/private-file.ts";
import { notFound } from "../../services/refusal.ts";
import type { Routes } from "../context.ts";
import { listenOnPort } from "../process/listen.ts";

/**
 * Code that only speaks HTTP to a host and a port gets one: on this machine's loopback, from the moment a worker asks
 * for it. Who comes that way needs credentials, such as the token of an execution.
 */
export const loopbackRoutes: Routes = (app, context) => {
  const remembered = join(dirname(context.files), "loopback.port");
  let opened: Promise<Server> | undefined;
  const open = async (): Promise<number> => {
    // The same port as before, so that those who were told of it find the server again after a restart.
    const before = Number(await readFile(remembered, "utf8").catch(() => "0"));
    opened ??= listenOnPort(app, "127.0.0.1", before).catch(() => listenOnPort(app, "127.0.0.1", 0));
    const { port } = (await opened).address() as AddressInfo;
    await writePrivateFile(remembered, String(port));
    return port;
  };

  // Nothing is read from whoever asks here over the network.
  app.post("/loopback", { config: { streamsBody: true } }, async (request) => {
    if (!context.isLocal(request)) throw notFound("Route", "loopback");
    return { port: await open() };
  });
  app.addHook("onListen", async () => {
    const isKnown = await readFile(remembered, "utf8").catch(() => null);
    if (isKnown !== null && (await context.database.read.executions.countActive()) > 0) await open();
  });
  app.addHook("preClose", async () => void (await opened)?.close());
};
