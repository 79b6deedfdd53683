import type { Event } from "../../api/resources.ts";
import type { OutputStream, Style } from "../io.ts";
import { cellText } from "../output/cell.ts";
import type { TimeForm } from "../output/time-form.ts";

export interface LineOptions {
  /** The form of times that was asked for. */
  time: TimeForm;
  paint: OutputStream["paint"];
  /** The manager or agent that reported the event. */
  workerNames?: boolean;
  /** Of a failed workflow only the first line: who follows it tells the whole. */
  failuresInBrief?: boolean;
  /** Of a group's follow, where events of many deployments mix and belong to none. */
  group?: boolean;
}

const MESSAGE_STYLES: Record<string, Style> = {
  workflow_started: "greenBright",
  workflow_succeeded: "greenBright",
  workflow_failed: "redBright",
  workflow_cancelled: "yellowBright",
  task_succeeded: "green",
  task_rescheduled: "yellow",
  task_failed: "red",
};

const LEVEL_STYLES: Record<string, Style> = {
  INFO: "cyan",
  WARN: "yellow",
  WARNING: "yellow",
  ERROR: "red",
  CRITICAL: "red",
  FATAL: "red",
};

/** Events whose stored causes are worth a screen: here the reason of a failure stands. */
const WITH_CAUSES = new Set(["task_rescheduled", "task_failed"]);

/** Only those who asked with -vv want to read these. */
export const isDebug = (event: Event): boolean => event.level?.toLowerCase() === "debug";

/** `time worker CFY|LOG <deployment> [instance.operation] message`; two blanks where no worker is named. */
export function eventLine(event: Event, options: LineOptions): string {
  const { paint, time, workerNames, group } = options;
  const isLog = event.type === "cloudify_log";
  const parts = [
    cellText(time(event.reported_timestamp ?? event.timestamp)),
    workerNames ? (event.agent_name ?? event.manager_name ?? "") : "",
    isLog ? paint("yellow", "LOG") : paint("magenta", "CFY"),
  ];
  if (!group && event.deployment_id) parts.push(paint("cyan", `<${event.deployment_id}>`));
  const place = placeOf(event, paint);
  if (place) parts.push(place);
  parts.push(isLog ? logText(event, paint) : eventText(event, options));
  return parts.join(" ");
}

/** `[instance.operation]`, `[source->target|operation]`, or nothing for what concerns the whole workflow. */
function placeOf(event: Event, paint: OutputStream["paint"]): string | undefined {
  const operation = event.operation?.split(".").at(-1);
  if (event.source_id && event.target_id) {
    const ends = `${paint("blue", event.source_id)}->${paint("blue", event.target_id)}`;
    return operation ? `[${ends}|${paint("yellow", operation)}]` : `[${ends}]`;
  }
  const node = event.node_instance_id ?? event.node_name;
  const place = [node && paint("blue", node), operation && paint("yellow", operation)].filter(Boolean);
  return place.length > 0 ? `[${place.join(".")}]` : undefined;
}

function logText({ level, message }: Event, paint: OutputStream["paint"]): string {
  if (!level) return message;
  const name = level.toUpperCase();
  const style = LEVEL_STYLES[name];
  return `${style ? paint(style, name) : name}: ${message}`;
}

function eventText(
  { event_type: type = "", message, error_causes: causes }: Event,
  { paint, failuresInBrief }: LineOptions,
): string {
  const style = MESSAGE_STYLES[type];
  const told = failuresInBrief && type === "workflow_failed" ? (message.split("\n", 1)[0] ?? "") : message;
  const text = style ? paint(style, told) : told;
  if (!causes?.length || !WITH_CAUSES.has(type)) return text;
  const reasons = causes.map(({ type: kind, message: why, traceback }) => traceback?.trimEnd() || `${kind}: ${why}`);
  if (reasons.length === 1) return [text, ...reasons].join("\n");
  return [text, "Causes (most recent cause last):", ...reasons.flatMap((cause) => ["-".repeat(32), cause])].join("\n");
}
