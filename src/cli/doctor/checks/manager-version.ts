import type { Client } from "../../../client/client.ts";
import { type Check, ok, warn } from "../check.ts";
import { isAtLeast } from "./software.ts";

/** The releases whose commands, requests and answers cfy is made after. */
const OLDEST = "5.0";
const BEYOND = "7.2";

/** Which release the server is, or answers like. */
export const managerVersion = (client: () => Client): Check => ({
  id: "server-version",
  async run(signal) {
    const { version, edition } = await client().manager.version({ signal });
    const told = `${version}, ${edition} edition`;
    if (isAtLeast(version, OLDEST) && !isAtLeast(version, BEYOND)) return ok(told);
    return warn(told, `cfy is made for the API of ${OLDEST} to 7.1: some commands may be refused or lack fields`);
  },
});
