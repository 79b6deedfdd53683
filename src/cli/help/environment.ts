/** Every environment variable that cfy reads, and what it does. */
export const ENVIRONMENT: readonly { name: string; meaning: string }[] = [
  { name: "CFY_WORKDIR", meaning: "The directory that holds .cloudify; the home directory when unset." },
  { name: "CFY_PROFILE", meaning: "The profile to use for this command, instead of the chosen one." },
  { name: "CLOUDIFY_USERNAME", meaning: "User name. Goes before the profile's." },
  { name: "CLOUDIFY_PASSWORD", meaning: "Password. Goes before the profile's." },
  { name: "CLOUDIFY_TENANT", meaning: "Tenant. --tenant-name goes before it, the profile's after it." },
  { name: "CLOUDIFY_TOKEN", meaning: "API token, instead of user name and password." },
  {
    name: "CFY_READ_ONLY",
    meaning:
      "1: refuse every request that would change something. 0: let it through even when the profile is read-only.",
  },
  {
    name: "CLOUDIFY_SSL_TRUST_ALL",
    meaning: "Any value: believe every certificate. Then anybody on the way can read along.",
  },
  { name: "LOCAL_REST_CERT_FILE", meaning: "Certificate of the authority to trust. Goes before the profile's." },
  {
    name: "CFY_SERVER_IDLE_SECONDS",
    meaning: "How long the embedded server waits without a request before it stops; 600 when unset.",
  },
  {
    name: "CFY_WORKER_LEASE_SECONDS",
    meaning: "How long a worker may be silent before another one takes over what it ran; 60 when unset.",
  },
  {
    name: "CFY_WORKER_EXECUTIONS, CFY_WORKER_OPERATIONS",
    meaning: "How many executions, and how many of their operations, a worker runs side by side; 20 each when unset.",
  },
  {
    name: "CFY_COMPLETION_SECONDS",
    meaning: "How long a completion may ask the server; 0.3 when unset.",
  },
  {
    name: "CFY_TIME_FORMAT",
    meaning: "How times are written where --time-format does not say: iso, relative, local or unix.",
  },
  {
    name: "CFY_PAGER, PAGER",
    meaning: "What shows text that is longer than the terminal; less -FRX when unset, nothing when empty or cat.",
  },
  { name: "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY", meaning: "The proxy on the way to the server." },
  { name: "NO_PROXY", meaning: "Hosts to reach without the proxy." },
  { name: "NO_COLOR", meaning: "Any value: no colours." },
  { name: "FORCE_COLOR, CLICOLOR_FORCE", meaning: "Colours even where the output is no terminal; 0 turns them off." },
  { name: "CLICOLOR", meaning: "0: no colours." },
  { name: "TERM", meaning: "dumb: no colours, and no pager." },
];
