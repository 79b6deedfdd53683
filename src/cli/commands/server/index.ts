import { group } from "../../command.ts";
import { logs } from "./logs.ts";
import { run } from "./run.ts";
import { start } from "./start.ts";
import { status } from "./status.ts";
import { stop } from "./stop.ts";

export const server = group({
  name: "server",
  summary: "Look after the management server of this machine",
  commands: [start, stop, status, logs, run],
});
