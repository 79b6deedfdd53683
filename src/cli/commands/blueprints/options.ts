import { DEFAULT_FILE } from "../../blueprint/source.ts";
import { flag, text } from "../../command.ts";

export const blueprintFileOption = text({
  flags: ["-n", "--blueprint-filename"],
  metavar: "FILE",
  default: DEFAULT_FILE,
  help: "The main file inside an archive or folder",
});

/** The older way to say `--visibility private`. */
export const privateResourceOption = flag({
  flags: ["--private-resource"],
  help: "The same as --visibility private",
  hidden: true,
});
