import type { Json, JsonObject } from "../../api/resources.ts";
import { downloadResource } from "../ctx/download-resource.ts";
import type { Message } from "../processes/message-channel.ts";
import type { OperationHost, OperationJob, PropertiesChange, StoredProperties } from "./job.ts";
import type { OperationRuntime } from "./runtime.ts";

interface Surroundings {
  job: OperationJob;
  host: OperationHost;
  runtime: OperationRuntime;
}

/** Answers a question that Python code of an operation asks through its context. @throws Error */
export async function answerOperationCall(message: Message, { job, host, runtime }: Surroundings): Promise<Json> {
  const text = (key: string): string => String(message[key]);
  switch (message["call"]) {
    case "save":
      return stored(
        await host.saveRuntimeProperties(text("instance"), message["change"] as unknown as PropertiesChange),
      );
    case "refresh":
      return stored(await host.readRuntimeProperties(text("instance")));
    case "rest-access":
      return { ...(await host.restAccess()) };
    case "find-resource":
      return host.findResource(text("path"));
    case "download": {
      const variables = message["variables"] as JsonObject | null;
      const target = await downloadResource(host, text("path"), {
        target: message["target"] as string | null,
        temporary: runtime.temporary,
        template: variables === null ? null : { job, variables },
      });
      host.log("info", `Downloaded ${text("path")} to ${target}`);
      return target;
    }
    default:
      throw new Error(`The worker does not know the call ${JSON.stringify(message["call"])}`);
  }
}

const stored = ({ runtimeProperties, version }: StoredProperties): Json => ({ runtimeProperties, version });
