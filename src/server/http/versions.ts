/** Where the newest version of the API lives. */
export const API_PREFIX = "/api/v3.1";

/** Older versions answer like the newest: what they had, it has. `GET /api/version` names none. */
export const newestVersion = (url: string): string =>
  url
    .replace(/^\/api\/(?:v1|v2|v2\.1|v3)\//, `${API_PREFIX}/`)
    .replace(/^\/api\/version(?=$|\?)/, `${API_PREFIX}/version`);
