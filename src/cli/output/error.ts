import type { World } from "../context.ts";
import type { CfyError } from "../errors.ts";
import type { ExitCode } from "../exit-code.ts";
import { jsonLine } from "./json.ts";

/** Tells an error on stderr: sentences for people, one JSON object for programs. */
export function writeError({ io }: World, error: CfyError, { machine }: { machine: boolean }): ExitCode {
  io.stderr.write(machine ? `${jsonLine(errorObject(error))}\n` : errorText(error, io.stderr.paint));
  return error.exit;
}

const errorObject = ({ code, message, hint, status, requestId }: CfyError) => ({
  error: {
    code,
    message,
    hint: hint.length > 0 ? hint.join("\n") : null,
    status: status ?? null,
    request_id: requestId ?? null,
  },
});

function errorText(error: CfyError, paint: World["io"]["stderr"]["paint"]): string {
  const lines = error.usage ? [error.usage, ""] : [];
  lines.push(`${paint("red", "Error:")} ${error.message}`);
  lines.push(...error.hint.map((hint) => `  ${hint}`));
  return `${lines.join("\n")}\n`;
}
