import { group } from "../../command.ts";
import { check } from "./check.ts";
import { environments } from "./environments.ts";
import { list } from "./list.ts";
import { remove } from "./remove.ts";
import { upload } from "./upload.ts";

export const license = group({
  name: "license",
  summary: "Look after the license of the server",
  commands: [list, check, upload, remove, environments],
});
