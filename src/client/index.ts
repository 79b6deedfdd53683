export type { Authentication } from "./authentication.ts";
export { fileBody } from "./body.ts";
export { type Client, type ClientOptions, createClient } from "./client.ts";
export { ConnectionError, type ConnectionFailure, RestError } from "./errors.ts";
export type { Timeouts } from "./http-transport.ts";
export type { Progress } from "./progress.ts";
export type { Query } from "./query.ts";
export type { CallOptions, Rest, Waited, WaitOptions } from "./rest.ts";
export type { Endpoint, RequestBody, Transport, TransportRequest, TransportResponse } from "./transport.ts";
