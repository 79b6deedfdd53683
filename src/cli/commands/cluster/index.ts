import { group } from "../../command.ts";
import { updateProfile } from "./update-profile.ts";

export const cluster = group({
  name: "cluster",
  summary: "Look at the hosts of a cluster",
  commands: [updateProfile],
});
