import { text } from "../../command.ts";

/** Which records. */
export const recordOptions = {
  creatorName: text({
    flags: ["-c", "--creator-name"],
    metavar: "USER",
    help: "Only what this user did",
    complete: "user",
  }),
  executionId: text({
    flags: ["-e", "--execution-id"],
    metavar: "EXECUTION_ID",
    help: "Only what this execution did",
    complete: "execution",
  }),
};
