import { flag } from "../../command.ts";

export const evaluateOption = flag({
  flags: ["--evaluate-functions"],
  help: "Show values where intrinsic functions stand",
});
