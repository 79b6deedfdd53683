import { group } from "../../command.ts";
import { deleteRuntime } from "./delete-runtime.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { ofLocalBlueprint } from "./of-local-blueprint.ts";
import { summary } from "./summary.ts";
import { updateRuntime } from "./update-runtime.ts";

export const nodeInstances = group({
  name: "node-instances",
  summary: "See node instances, and change their runtime properties",
  description:
    "Without a command, and with -b, the node instances of what init made of a blueprint on the server of this machine.",
  examples: [["cfy node-instances -b app web", "those of the node web, as JSON"]],
  otherwise: ofLocalBlueprint,
  commands: [list, get, updateRuntime, deleteRuntime, summary],
});
