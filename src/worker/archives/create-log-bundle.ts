import { platform, release } from "node:os";
import type { ServerHome } from "../../lib/server-home.ts";
import { LOG_BUNDLES } from "../../services/archives/kinds.ts";
import { SCHEMA_VERSION } from "../../storage/index.ts";
import type { Workflow } from "../execution/workflow.ts";
import { makeArchive } from "./make-archive.ts";
import { fileAt, type Member, textMember } from "./write-zip.ts";

/** The logs of server and worker, and what they ran on. */
export const createLogBundle: Workflow = (parts) =>
  makeArchive(parts, LOG_BUNDLES, () => members(parts.surroundings.home.server));

async function* members({ log, workerLog }: ServerHome): AsyncGenerator<Member> {
  const about = { node: process.version, platform: platform(), release: release(), schema: SCHEMA_VERSION };
  yield textMember("about.json", `${JSON.stringify(about, null, 2)}\n`);
  for (const [path, name] of [
    [log, "server.log"],
    [workerLog, "worker.log"],
  ] as const) {
    yield* fileAt(`${path}.1`, `${name}.1`);
    yield* fileAt(path, name);
  }
}
