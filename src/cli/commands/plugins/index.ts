import { group } from "../../command.ts";
import { blueprintLabels, deploymentLabels, resourceTags } from "./attached-labels.ts";
import { bundleUpload } from "./bundle-upload.ts";
import { remove } from "./delete.ts";
import { download } from "./download.ts";
import { downloadYaml } from "./download-yaml.ts";
import { get } from "./get.ts";
import { getUpdate } from "./get-update.ts";
import { history } from "./history.ts";
import { install } from "./install.ts";
import { list } from "./list.ts";
import { listUpdates } from "./list-updates.ts";
import { setGlobal } from "./set-global.ts";
import { setOwner } from "./set-owner.ts";
import { setVisibility } from "./set-visibility.ts";
import { update } from "./update.ts";
import { upload } from "./upload.ts";
import { validate } from "./validate.ts";

export const plugins = group({
  name: "plugins",
  summary: "Look after plugins, and what uses them",
  commands: [
    upload,
    bundleUpload,
    validate,
    list,
    get,
    download,
    downloadYaml,
    install,
    update,
    getUpdate,
    history,
    listUpdates,
    setVisibility,
    setGlobal,
    setOwner,
    blueprintLabels,
    deploymentLabels,
    resourceTags,
    remove,
  ],
});
