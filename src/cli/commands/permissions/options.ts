import { text } from "../../command.ts";

export const roleOption = text({ flags: ["--role"], metavar: "ROLE", help: "The role" });
