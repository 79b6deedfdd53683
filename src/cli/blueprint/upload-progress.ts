import type { Blueprint } from "../../api/resources.ts";
import type { Followed, FollowSource } from "../../client/follow/follow.ts";
import type { Client } from "../../client/index.ts";
import { executionSource } from "../follow/index.ts";

/** A blueprint on its way, followed as an execution is: its state says how far it is. */
export interface UploadProgress extends Followed {
  blueprint: Blueprint;
}

const IN_PROGRESS: ReadonlySet<string> = new Set(["pending", "uploading", "extracting", "parsing", "validating"]);

/** The events of the execution that takes the blueprint in, to the blueprint's final state. */
export function uploadSource(client: Client, id: string, executionId: string): FollowSource<UploadProgress> {
  return {
    ...executionSource(client, executionId, { logs: true }),
    async subject(signal) {
      const blueprint = await client.blueprints.get(id, {}, { signal });
      const status = IN_PROGRESS.has(blueprint.state) ? blueprint.state : "terminated";
      return { id, status, blueprint };
    },
  };
}
