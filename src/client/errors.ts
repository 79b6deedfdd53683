import type { ErrorBody, ErrorCode } from "../api/errors.ts";

/** The server answered, and refused. `message` is the server's own sentence. */
export class RestError extends Error {
  override readonly name = "RestError";
  /** HTTP status. */
  readonly status: number;
  /** The envelope's `error_code`; `http_<status>` when the answer carried no envelope. */
  readonly code: ErrorCode | (string & {});
  /** The envelope with all its details; undefined when the answer was not JSON. */
  readonly body: ErrorBody | undefined;
  readonly requestId: string | undefined;
  readonly method: string;
  readonly url: string;

  constructor(refusal: {
    status: number;
    code: string;
    message: string;
    body?: ErrorBody;
    requestId?: string;
    method: string;
    url: string;
  }) {
    super(refusal.message);
    this.status = refusal.status;
    this.code = refusal.code;
    this.body = refusal.body;
    this.requestId = refusal.requestId;
    this.method = refusal.method;
    this.url = refusal.url;
  }
}

export type ConnectionFailure =
  /** Nothing listens at the address, or the socket file is missing. */
  | "refused"
  /** The host name is unknown. */
  | "dns"
  /** The host cannot be reached. */
  | "unreachable"
  /** No trust, a wrong name, or no TLS at the other end. */
  | "tls"
  /** Nobody answered in time. */
  | "timeout"
  /** The connection broke. */
  | "reset"
  /** The proxy refused to connect. */
  | "proxy"
  /** What came back is no answer of this API. */
  | "protocol";

/** No answer came. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  readonly kind: ConnectionFailure;
  /** False: not a byte of the request went out, so sending it again is safe whatever it does. */
  readonly sent: boolean;
  /** `http://host:port`, or the path of the socket. */
  readonly address: string;
  /** The system's own code, as `ECONNREFUSED` or `SELF_SIGNED_CERT_IN_CHAIN`. */
  readonly code: string | undefined;

  constructor(
    failure: { kind: ConnectionFailure; message: string; sent: boolean; address: string; code?: string },
    options?: ErrorOptions,
  ) {
    super(failure.message, options);
    this.kind = failure.kind;
    this.sent = failure.sent;
    this.address = failure.address;
    this.code = failure.code;
  }
}
