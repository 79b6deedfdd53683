import { group } from "../../command.ts";
import { capabilities } from "./capabilities.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { inputs } from "./inputs.ts";
import { list } from "./list.ts";
import { outputs } from "./outputs.ts";

export const deployments = group({
  name: "deployments",
  summary: "Create, list and delete deployments",
  commands: [create, list, inputs, outputs, capabilities, remove],
});
