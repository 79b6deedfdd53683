import { group } from "../../command.ts";
import { generateReplaceConfig } from "./generate-replace-config.ts";
import { replace } from "./replace.ts";

export const certificates = group({
  name: "certificates",
  summary: "Replace the certificates of managers, brokers and databases",
  commands: [generateReplaceConfig, replace],
});
