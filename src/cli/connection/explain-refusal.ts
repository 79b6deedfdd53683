import type { RestError } from "../../client/errors.ts";
import { ExitCode } from "../exit-code.ts";
import { didYouMean } from "../suggest.ts";

interface Explanation {
  exit: ExitCode;
  /** In place of the server's words. */
  message?: string;
  hint?: string | readonly string[];
}

const LATER = "Try again in a moment.";
const BUSY = "See what runs: cfy executions list";

const BY_CODE: Record<string, Explanation> = {
  maintenance_mode_active: {
    exit: ExitCode.TryLater,
    hint: [
      "The server is in maintenance mode: cfy maintenance-mode status",
      "To end it: cfy maintenance-mode deactivate",
    ],
  },
  entering_maintenance_mode: {
    exit: ExitCode.TryLater,
    hint: "The server waits for running executions before its maintenance: cfy maintenance-mode status",
  },
  existing_running_execution_error: { exit: ExitCode.Conflict, hint: BUSY },
  existing_started_deployment_modification_error: { exit: ExitCode.Conflict, hint: BUSY },
  dependent_exists_error: { exit: ExitCode.Conflict },
  blueprint_in_use: {
    exit: ExitCode.Conflict,
    hint: "Deployments or other blueprints use it: cfy deployments list -b BLUEPRINT",
  },
  plugin_in_use: { exit: ExitCode.Conflict, hint: "Blueprints use it: --force deletes it all the same" },
  deployment_environment_creation_in_progress_error: { exit: ExitCode.TryLater, hint: LATER },
  deployment_environment_creation_pending_error: { exit: ExitCode.TryLater, hint: LATER },
  missing_premium_package_error: { exit: ExitCode.NotFound, hint: "This server's edition does not offer it." },
  community_only_error: { exit: ExitCode.NotFound, hint: "This server's edition does not offer it." },
  missing_cloudify_license: { exit: ExitCode.Failed, hint: "Upload one: cfy license upload FILE" },
  expired_cloudify_license: { exit: ExitCode.Failed, hint: "Upload a new one: cfy license upload FILE" },
};

const BY_STATUS: Record<number, Explanation> = {
  401: {
    exit: ExitCode.NotAuthorised,
    hint: [
      "The server does not know these credentials: cfy profiles show-current",
      "To change them: cfy profiles set --manager-username USER     (asks for the password)",
    ],
  },
  403: { exit: ExitCode.NotAuthorised, hint: "Ask for the permission, or use another user: cfy profiles use" },
  404: { exit: ExitCode.NotFound },
  409: { exit: ExitCode.Conflict },
  429: { exit: ExitCode.TryLater, hint: LATER },
  502: { exit: ExitCode.TryLater, hint: "The gateway answers, but not the server behind it. Is it restarting?" },
  503: { exit: ExitCode.TryLater, hint: LATER },
  504: { exit: ExitCode.TryLater, hint: LATER },
};

/** The exit code of a refusal and what to do about it. */
export function explainRefusal(error: RestError): Explanation {
  if (error.status === 403 && error.message.includes("is not permitted to")) return notPermitted;
  if (error.status === 403 && /tenant/i.test(error.message)) return wrongTenant;
  if (error.status >= 300 && error.status < 400 && error.status !== 304) return redirected;
  // Without an envelope it is not the resource that is missing, but the whole route.
  if (error.code === "http_404") return noSuchRoute;
  const inOurWords = unknownSortKey(error) ?? wrongRule(error);
  if (inOurWords) return inOurWords;
  const explanation = BY_CODE[error.code] ?? BY_STATUS[error.status] ?? { exit: ExitCode.Failed };
  if (error.status === 404) return { hint: listOf(error), ...explanation };
  if (explanation.exit === ExitCode.Conflict) return { hint: insteadOf(error), ...explanation };
  return explanation;
}

/** The fields to sort by are dozens, most of them nobody's wish: all of them only where none is near. */
function unknownSortKey({ message }: RestError): Explanation | undefined {
  const [, unknown, allowed] = /^Sort keys '\[(.+)\]' do not exist\. Allowed keys are: \[(.+)\]$/.exec(message) ?? [];
  if (unknown === undefined || allowed === undefined) return undefined;
  const [field = ""] = quoted(unknown);
  const near = didYouMean(field, quoted(allowed));
  return {
    exit: ExitCode.Failed,
    message: `There is no field ${JSON.stringify(field)} to sort by`,
    hint: near.length > 0 ? near : `Fields: ${quoted(allowed).join(", ")}`,
  };
}

/** The server shows the rule as it went over the wire. */
function wrongRule({ body }: RestError): Explanation | undefined {
  const rule = body?.["err_filter_rule"];
  const reason = body?.["err_reason"];
  if (typeof reason !== "string" || typeof rule !== "object" || rule === null || !("key" in rule)) return undefined;
  return { exit: ExitCode.Failed, message: `The rule about ${JSON.stringify(rule.key)} does not do: ${reason}` };
}

const quoted = (list: string): string[] => [...list.matchAll(/'([^']*)'/g)].map(([, word = ""]) => word);

/** How to see what there is of a kind, by the name that messages have for it. */
const LIST_OF_KIND: Readonly<Record<string, string>> = {
  Agent: "cfy agents list",
  Blueprint: "cfy blueprints list",
  BlueprintsFilter: "cfy blueprints filters list",
  Deployment: "cfy deployments list",
  DeploymentGroup: "cfy deployments groups list",
  DeploymentUpdate: "cfy deployments history",
  DeploymentsFilter: "cfy deployments filters list",
  Execution: "cfy executions list",
  ExecutionGroup: "cfy executions groups list",
  ExecutionSchedule: "cfy deployments schedule list",
  Group: "cfy user-groups list",
  LogBundle: "cfy log-bundles list",
  NodeInstance: "cfy node-instances list",
  Plugin: "cfy plugins list",
  PluginsUpdate: "cfy plugins history",
  Secret: "cfy secrets list",
  SecretsProvider: "cfy secrets providers list",
  Site: "cfy sites list",
  Snapshot: "cfy snapshots list",
  Tenant: "cfy tenants list",
  Token: "cfy tokens list",
  User: "cfy users list",
};

/** The same, by the start of the path that was asked for: not every message names a kind. */
const LIST_OF_PATH: readonly (readonly [path: string, line: string])[] = [
  ["filters/deployments", "cfy deployments filters list"],
  ["filters/blueprints", "cfy blueprints filters list"],
  ["deployment-groups", "cfy deployments groups list"],
  ["execution-groups", "cfy executions groups list"],
  ["execution-schedules", "cfy deployments schedule list"],
  ["secrets-providers", "cfy secrets providers list"],
  ...["blueprints", "deployments", "executions", "node-instances", "secrets", "sites"].map(
    (kind) => [kind, `cfy ${kind} list`] as const,
  ),
];

/** What is missing need not be what was asked for: a deployment may lack its blueprint. */
function listOf({ message, url }: RestError): string[] {
  const kind = /^Requested `(\w+)`/.exec(message)?.[1];
  const ofKind = kind === undefined ? undefined : LIST_OF_KIND[kind];
  const found = ofKind ?? LIST_OF_PATH.find(([start]) => pathOf(url).startsWith(`${start}/`))?.[1];
  return found === undefined ? [] : [found];
}

/** What to do about a thing that is there already, or is in another state. */
function insteadOf({ method, url, message }: RestError): string[] {
  const [, kind, id] = /^(\w+)\/([^/]+)$/.exec(pathOf(url)) ?? [];
  if (kind === "secrets" && method === "PUT") return ["--update-if-exists replaces its value"];
  if (kind === "deployments" && method === "DELETE" && message.includes("live nodes")) {
    return [`cfy executions start uninstall -d ${id}`, "--force deletes it, and leaves alone what is installed"];
  }
  if (kind === "blueprints" && method === "DELETE") return [`cfy deployments list -b ${id}`];
  return kind === "executions" && method === "POST" ? [`cfy executions get ${id}`] : [];
}

const pathOf = (url: string): string => /\/api\/v[\d.]+\/([^?]*)/.exec(url)?.[1] ?? "";

/** Roles are those of a tenant: in another one the same user may do more. */
const notPermitted: Explanation = {
  exit: ExitCode.NotAuthorised,
  hint: [
    "Ask for the permission, or use another user: cfy profiles use",
    "Tenants in which you have a role: cfy tenants list",
  ],
};

const wrongTenant: Explanation = {
  exit: ExitCode.NotAuthorised,
  hint: [
    "Tenants you can use: cfy tenants list",
    "Choose one with -t TENANT or CLOUDIFY_TENANT, or for good: cfy profiles set --manager-tenant TENANT",
  ],
};

const redirected: Explanation = {
  exit: ExitCode.Failed,
  hint: "If the server wants TLS: cfy profiles set --ssl on",
};

const noSuchRoute: Explanation = {
  exit: ExitCode.Failed,
  hint: "This server does not know the request: an older version, or another program at this address (cfy profiles show-current)",
};
