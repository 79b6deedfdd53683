import { group } from "../../command.ts";
import { createRequirements } from "./create-requirements.ts";
import { remove } from "./delete.ts";
import { download } from "./download.ts";
import { filters } from "./filters.ts";
import { get } from "./get.ts";
import { inputs } from "./inputs.ts";
import { installPlugins } from "./install-plugins.ts";
import { labels } from "./labels.ts";
import { list } from "./list.ts";
import { pack } from "./package.ts";
import { setGlobal } from "./set-global.ts";
import { setIcon } from "./set-icon.ts";
import { setOwner } from "./set-owner.ts";
import { setVisibility } from "./set-visibility.ts";
import { summary } from "./summary.ts";
import { upload } from "./upload.ts";
import { validate } from "./validate.ts";

export const blueprints = group({
  name: "blueprints",
  summary: "Upload, list and validate blueprints",
  commands: [
    upload,
    list,
    get,
    inputs,
    validate,
    pack,
    download,
    remove,
    labels,
    filters,
    setVisibility,
    setGlobal,
    setOwner,
    setIcon,
    summary,
    createRequirements,
    installPlugins,
  ],
});
