import { group } from "../../../command.ts";
import { cancel } from "./cancel.ts";
import { details } from "./details.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { resume } from "./resume.ts";
import { setConcurrency } from "./set-concurrency.ts";
import { setFailureGroup, setSuccessGroup } from "./set-result-group.ts";
import { start } from "./start.ts";
import { wait } from "./wait.ts";

export const groups = group({
  name: "groups",
  summary: "Run workflows on many deployments at once",
  commands: [start, list, get, details, wait, cancel, resume, setConcurrency, setSuccessGroup, setFailureGroup],
});
