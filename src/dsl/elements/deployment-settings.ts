import { classError, type DslError, formatError, parsingError } from "../errors.ts";
import { functionNameOf } from "../functions/recognize.ts";
import { at, type Path } from "../path.ts";
import type { DefaultSchedule, DeploymentSettings } from "../plan.ts";
import { type Dict, isDict, kindOf } from "../records.ts";
import type { ElementContext } from "./context.ts";
import { isRecurrence, isRelativeTime, utcTime } from "./schedule-time.ts";
import { boolean, checkShape, dict, integer, list, namedEntries, required, type Shape, text } from "./shape.ts";

const SHAPE: Shape = {
  default_schedules: dict,
  default_groups: list,
  id_template: text,
  display_name: { kind: "text or dict" },
};
const SCHEDULE: Shape = {
  workflow: required(text),
  since: required(text),
  until: text,
  recurrence: text,
  timezone: text,
  weekdays: list,
  count: integer,
  default_enabled: boolean,
  stop_after_fail: boolean,
  slip: integer,
  workflow_parameters: dict,
  execution_arguments: dict,
};
const EXECUTION_ARGUMENTS: Shape = {
  force: boolean,
  is_dry_run: boolean,
  wait_after_fail: integer,
  allow_custom_parameters: boolean,
};
const SECTION: Path = at(null, "deployment_settings");
const WEEKDAYS = ["su", "mo", "tu", "we", "th", "fr", "sa"];

export function parseDeploymentSettings(raw: unknown, context: ElementContext): DeploymentSettings | null {
  if (raw === undefined || raw === null) return null;
  const fields = checkShape(raw, SHAPE, SECTION, context);
  if (!fields) return null;
  const path = at(SECTION, "default_schedules");
  const schedules: Record<string, DefaultSchedule> = {};
  for (const [name, body] of namedEntries(fields["default_schedules"], path, context)) {
    const schedule = context.diagnostics.guard(() => parseSchedule(body, at(path, name), context));
    if (schedule) schedules[name] = schedule;
  }
  return { ...(fields as Omit<DeploymentSettings, "default_schedules">), default_schedules: schedules };
}

function parseSchedule(raw: unknown, path: Path, context: ElementContext): DefaultSchedule | undefined {
  const fields = checkShape(raw, SCHEDULE, path, context);
  if (!fields) return undefined;
  const { timezone, since, until, ...schedule } = fields;
  const zone = timezone as string | undefined;
  checkWeekdays(schedule["weekdays"], at(path, "weekdays"));
  if (schedule["execution_arguments"] !== undefined) {
    checkShape(schedule["execution_arguments"], EXECUTION_ARGUMENTS, at(path, "execution_arguments"), context);
  }
  checkParameters(schedule["workflow_parameters"] as Dict | undefined, at(path, "workflow_parameters"));
  const { recurrence } = schedule;
  if (recurrence !== undefined && !isRecurrence(recurrence as string)) {
    throw badTime(`${JSON.stringify(recurrence)} is no recurrence`, at(path, "recurrence"), "write it as 2 weeks");
  }
  return {
    ...schedule,
    since: parseTime(since as string, zone, context.today, at(path, "since")),
    ...(until !== undefined && { until: parseTime(until as string, zone, context.today, at(path, "until")) }),
  } as DefaultSchedule;
}

function parseTime(text: string, zone: string | undefined, today: Date, path: Path): string {
  const hint = "write YYYY-MM-DD HH:MM, or a relative time such as +2w+1d";
  if (text.startsWith("+")) {
    if (isRelativeTime(text)) return text;
    throw badTime(`${JSON.stringify(text)} is no relative time`, path, hint);
  }
  const time = utcTime(text, zone, today);
  if (time === undefined) throw badTime(`${JSON.stringify(text)} in ${zone ?? "UTC"} is no time`, path, hint);
  return time;
}

const badTime = (message: string, path: Path, hint: string): DslError =>
  classError("NonRecoverableError", message, { at: path, hint });

function checkWeekdays(raw: unknown, path: Path): void {
  if (!Array.isArray(raw)) return;
  for (const [index, day] of raw.entries()) {
    const here = at(path, index);
    if (typeof day !== "string") throw formatError(`a weekday is text, and this is ${kindOf(day)}`, { at: here });
    if (!WEEKDAYS.includes(day.slice(-2).toLowerCase())) {
      throw parsingError(1, `${JSON.stringify(day)} is no weekday`, {
        at: here,
        hint: `weekdays are ${WEEKDAYS.join(", ")}`,
      });
    }
  }
}

function checkParameters(parameters: Dict | undefined, path: Path): void {
  for (const [name, value] of Object.entries(parameters ?? {})) {
    if (isDict(value) && functionNameOf(value) === "get_attribute") {
      throw parsingError(1, "a schedule's parameter cannot wait for an attribute", {
        at: at(path, name),
        hint: "attributes are not known when the deployment is created",
      });
    }
  }
}
