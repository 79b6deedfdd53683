import { group } from "../../command.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { exportSecrets } from "./export.ts";
import { get } from "./get.ts";
import { importSecrets } from "./import.ts";
import { list } from "./list.ts";
import { providers } from "./providers/index.ts";
import { setGlobal } from "./set-global.ts";
import { setOwner } from "./set-owner.ts";
import { setVisibility } from "./set-visibility.ts";
import { update } from "./update.ts";

export const secrets = group({
  name: "secrets",
  summary: "Keep values that blueprints may use and people should not see",
  commands: [
    create,
    list,
    get,
    update,
    remove,
    exportSecrets,
    importSecrets,
    setVisibility,
    setGlobal,
    setOwner,
    providers,
  ],
});
