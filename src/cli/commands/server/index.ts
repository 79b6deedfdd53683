import { group } from "../../command.ts";
import { run } from "./run.ts";

export const server = group({
  name: "server",
  summary: "Look after the management server of this machine",
  commands: [run],
});
