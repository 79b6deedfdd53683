import { ConnectionError } from "../../client/errors.ts";
import { lazyTransport, transportTo } from "../../client/network.ts";
import type { Endpoint, Transport } from "../../client/transport.ts";
import { ensureLocalServer, type LocalServer } from "./local-server.ts";

/** The way to the embedded server, which is started when it is found not to run, be it in the middle of a command. */
export function localTransport(server: LocalServer): Transport {
  const socket = socketTransport(server.home.socket);
  return {
    async send(request) {
      // What can be read once only must not be spent on a socket where nobody listens.
      if (request.body?.replayable === false) await ensureLocalServer(server, request.signal);
      try {
        return await socket.send(request);
      } catch (error) {
        // Refused: not a byte went out, so even a request that changes something can be sent now.
        if (!(error instanceof ConnectionError && error.kind === "refused" && !error.sent)) throw error;
      }
      await ensureLocalServer(server, request.signal);
      return socket.send(request);
    },
    close: () => socket.close(),
  };
}

/** The way to the embedded server as long as it runs. */
export const socketTransport = (path: string): Transport => lazyTransport(() => transportTo(endpointAt(path)));

const endpointAt = (socketPath: string): Endpoint => ({ protocol: "http", host: "localhost", port: 0, socketPath });
