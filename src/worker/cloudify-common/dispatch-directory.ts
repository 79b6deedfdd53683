import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Json, JsonObject } from "../../api/resources.ts";
import { writePrivateFile } from "../../lib/private-file.ts";
import type { Access } from "./rest-access.ts";

/** What `cloudify.dispatch` reads and writes: a directory with input.json, and output.json when it has ended. */
export class DispatchDirectory {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(temporary: string, input: { context: JsonObject; kwargs: JsonObject }): Promise<DispatchDirectory> {
    const path = await mkdtemp(join(temporary, "d-"));
    const document = { cloudify_context: input.context, args: [], kwargs: input.kwargs };
    await writePrivateFile(join(path, "input.json"), JSON.stringify(document));
    // The framework insists on a certificate file, even where it speaks plain HTTP.
    await writePrivateFile(join(path, "no-certificate.pem"), "");
    return new DispatchDirectory(path);
  }

  /** What the process left; null when it died before. */
  async output(): Promise<DispatchOutput | null> {
    const text = await readFile(join(this.path, "output.json"), "utf8").catch(() => null);
    try {
      return text === null ? null : (JSON.parse(text) as DispatchOutput);
    } catch {
      return null;
    }
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}

export type DispatchOutput = { type: "result"; payload: Json } | { type: "error"; payload: KnownError };

/** An error as the framework passes it from process to process. */
export interface KnownError {
  exception_type: string;
  message: string;
  traceback?: string;
  known_exception_type: string;
  known_exception_type_args: Json[];
  known_exception_type_kwargs: { causes?: { message: string; type: string; traceback: string }[] };
  append_message: boolean;
}

interface Surroundings {
  env: NodeJS.ProcessEnv;
  /** Directory of the environment's Python, whose programs come first. */
  programs: string;
  commands: string;
  importPaths: string[];
  temporary: string;
  /** The server's folder of files. */
  files: string;
}

/** The environment of a process of the framework: where the server is, in the words of the framework's own workers. */
export function dispatchEnvironment(
  { env, programs, commands, importPaths, temporary, files }: Surroundings,
  directory: DispatchDirectory,
  { port }: Access,
): NodeJS.ProcessEnv {
  return {
    ...env,
    CLOUDIFY_DISPATCH: "true",
    PYTHONPATH: importPaths.join(":"),
    PYTHONDONTWRITEBYTECODE: "1",
    PATH: `${programs}:${env["PATH"] ?? ""}:${commands}`,
    TMPDIR: env["TMPDIR"] ?? temporary,
    CFY_EXEC_TEMP: temporary,
    REST_HOST: "127.0.0.1",
    REST_PORT: String(port),
    REST_PROTOCOL: "http",
    LOCAL_REST_CERT_FILE: join(directory.path, "no-certificate.pem"),
    MANAGER_FILE_SERVER_SCHEME: "http",
    MANAGER_FILE_SERVER_URL: `http://127.0.0.1:${port}/resources`,
    MANAGER_FILE_SERVER_ROOT: files,
    CFY_RESOURCES_ROOT: files,
    AGENT_LOG_LEVEL: "WARNING",
    AGENT_WORK_DIR: temporary,
  };
}
