import { group } from "../../command.ts";
import { brokers } from "./brokers.ts";
import { dbNodes } from "./db-nodes.ts";
import { managers, remove } from "./managers.ts";
import { status } from "./status.ts";
import { updateProfile } from "./update-profile.ts";

export const cluster = group({
  name: "cluster",
  summary: "Look at the hosts of a cluster",
  commands: [status, updateProfile, managers, brokers, dbNodes, remove],
});
