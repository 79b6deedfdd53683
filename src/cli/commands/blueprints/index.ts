import { group } from "../../command.ts";
import { remove } from "./delete.ts";
import { get } from "./get.ts";
import { inputs } from "./inputs.ts";
import { list } from "./list.ts";
import { upload } from "./upload.ts";
import { validate } from "./validate.ts";

export const blueprints = group({
  name: "blueprints",
  summary: "Upload, list and validate blueprints",
  commands: [upload, list, get, inputs, validate, remove],
});
