import type { Transport } from "../../client/transport.ts";
import { serverHome } from "../../lib/server-home.ts";
import type { ConnectContext } from "../context.ts";
import { serverCommand } from "./launch.ts";
import { localTransport, socketTransport } from "./local-transport.ts";

/** The way to the embedded server of `root`; it is started unless a command only attaches to one that runs. */
export function embeddedTransport(
  { env, clock, warn }: Pick<ConnectContext, "env" | "clock" | "warn">,
  root: string,
  attachOnly: boolean,
): Transport {
  const home = serverHome(root);
  if (attachOnly) return socketTransport(home.socket);
  const command: [string, ...string[]] = [...serverCommand(), "--embedded"];
  return localTransport({ home, root, env, clock, command }, () =>
    warn("the local server has ended, starting it again …"),
  );
}
