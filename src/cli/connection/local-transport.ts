import { ConnectionError } from "../../client/errors.ts";
import { lazyTransport, transportTo } from "../../client/network.ts";
import { endpointAt, type Transport } from "../../client/transport.ts";
import { refuseForeignSocket } from "./foreign-socket.ts";
import { ensureLocalServer, type LocalServer } from "./local-server.ts";

/**
 * The way to the embedded server, which is started when it is found not to run, be it in the middle of a command.
 * @param onRestart told when it had answered before and is gone
 */
export function localTransport(server: LocalServer, onRestart: () => void = () => {}): Transport {
  const socket = socketTransport(server.home.socket);
  let answered = false;
  const send: Transport["send"] = async (request) => {
    const response = await socket.send(request);
    answered = true;
    return response;
  };
  return {
    async send(request) {
      // What can be read once only must not be spent on a socket where nobody listens.
      if (request.body?.replayable === false) await ensureLocalServer(server, request.signal);
      try {
        return await send(request);
      } catch (error) {
        // Refused: not a byte went out, so even a request that changes something can be sent now.
        if (!(error instanceof ConnectionError && error.kind === "refused" && !error.sent)) throw error;
      }
      if (answered) onRestart();
      answered = false;
      await ensureLocalServer(server, request.signal);
      return send(request);
    },
    close: () => socket.close(),
  };
}

/** The way to the embedded server as long as it runs. */
export function socketTransport(path: string): Transport {
  const transport = lazyTransport(() => transportTo(endpointAt(path)));
  return {
    async send(request) {
      await refuseForeignSocket(path);
      return transport.send(request);
    },
    close: () => transport.close(),
  };
}
