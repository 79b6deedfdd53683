import { argument } from "../../command.ts";
import type { Completer } from "../../completion/completer.ts";

/** The execution that a command is about; completion proposes those for which the command makes sense. */
export const executionId = (complete: Completer = "execution") => argument({ help: "Id of the execution", complete });
