import { RestError } from "../../client/errors.ts";
import { pythonJson } from "../../lib/python-json.ts";
import type { CfyError } from "../errors.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Io, OutputStream } from "../io.ts";

export interface Telling {
  /** One JSON object instead of sentences. */
  machine: boolean;
  /** Also where in the program it happened, here and on the server. */
  trace: boolean;
}

/** Tells an error on stderr: sentences for people, one JSON object for programs. */
export function writeError({ stderr }: Io, error: CfyError, { machine, trace }: Telling): ExitCode {
  stderr.write(machine ? `${pythonJson(errorObject(error))}\n` : errorText(error, stderr.paint));
  if (trace && !machine) stderr.write(stderr.paint("dim", tracesOf(error)));
  return error.exit;
}

const errorObject = ({ code, message, hint, status, requestId, findings }: CfyError) => ({
  error: {
    code,
    message,
    hint: hint.length > 0 ? hint.join("\n") : null,
    status: status ?? null,
    request_id: requestId ?? null,
    ...(findings && { errors: findings.faults }),
  },
});

function errorText(error: CfyError, paint: OutputStream["paint"]): string {
  const lines = error.usage ? [error.usage, ""] : [];
  lines.push(`${paint("red", "Error:")} ${error.message}`);
  if (error.findings) lines.push("", error.findings.text, "");
  lines.push(...error.hint.map((hint) => `  ${hint}`));
  return `${lines.join("\n")}\n`;
}

function tracesOf({ cause }: CfyError): string {
  if (!(cause instanceof Error)) return "";
  const server = cause instanceof RestError ? cause.body?.server_traceback : undefined;
  return `${cause.stack}\n${server ? `On the server:\n${server}\n` : ""}`;
}
