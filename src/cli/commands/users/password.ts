import { text } from "../../command.ts";

export const passwordOption = text({
  flags: ["-p", "--password"],
  metavar: "PASSWORD",
  required: true,
  help: "The password, of at least five characters",
});
