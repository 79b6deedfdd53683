import { once } from "node:events";
import { chmod, lstat, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { dirname } from "node:path";
import type { FastifyInstance } from "fastify";
import { makePrivateDirectory } from "../../lib/private-file.ts";

/** From the first byte of a request to its last. */
const UPLOAD_MILLISECONDS = 60 * 60_000;

/** Listens where only this user can connect. The caller holds the server's lock: a file in the way is a dead one's. */
export async function listenOnSocket(app: FastifyInstance, path: string): Promise<void> {
  await makePrivateDirectory(dirname(path));
  await refuseForeignDirectory(dirname(path));
  await rm(path, { force: true });
  await app.listen({ path });
  await chmod(path, 0o600);
}

/** Listens on the network as well. */
export async function listenOnPort(app: FastifyInstance, host: string, port: number): Promise<Server> {
  await app.ready();
  const answer: RequestListener = (request, response) => app.routing(request, response);
  const server = createServer(answer);
  // The usual five minutes would cut large uploads off. Who may not upload is answered before anything is read.
  server.requestTimeout = UPLOAD_MILLISECONDS;
  server.listen(port, host);
  await once(server, "listening");
  return server;
}

/** Below /tmp anybody could have made the directory first. */
async function refuseForeignDirectory(path: string): Promise<void> {
  const { uid, mode } = await lstat(path);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new Error(`${path} is open to others: remove it, or choose another home with CFY_WORKDIR`);
  }
}
