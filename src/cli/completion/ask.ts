import { systemClock } from "../../lib/clock.ts";
import { connect } from "../connection/connect.ts";
import type { Env } from "../context.ts";
import { cloudifyRoot } from "../profiles/root.ts";
import { profileStore } from "../profiles/store.ts";
import { liveCandidates } from "./live.ts";
import type { Candidate, Live } from "./propose.ts";

/** Asks the profile's server, as quietly as can be: it starts no server and says nothing. */
export async function askForValues(host: { env: Env }, live: Live, signal: AbortSignal): Promise<Candidate[]> {
  if (live.completer === "profile") {
    const names = await profileStore(cloudifyRoot(host.env)).names();
    return ["local", ...names].map((word) => ({ word, meaning: "" }));
  }
  const quiet = { verbose: () => {}, warn: () => {} };
  const client = connect(
    { env: host.env, clock: systemClock, manager: live.known.get("MANAGER"), ...quiet },
    { tenant: live.known.get("TENANT"), attachOnly: true },
  );
  return await liveCandidates(client, live, signal);
}
