import { argument, text } from "../../command.ts";

export const userGroupName = argument({ help: "Name of the group of users", complete: "user-group" });

/** The group of a command that is about a user. */
export const groupNameOption = text({
  flags: ["-g", "--group-name"],
  metavar: "GROUP",
  required: true,
  help: "The group of users",
  complete: "user-group",
});
