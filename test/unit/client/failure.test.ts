import { describe, expect, it } from "vitest";
import { ConnectionError } from "../../../src/client/errors.ts";
import { connectionFailure } from "../../../src/client/failure.ts";

const where = { address: "https://m:443", sent: false };
const coded = (code: string, message = "low words") => Object.assign(new Error(message), { code });

describe("what the system reports of a connection", () => {
  it.each([
    ["ECONNREFUSED", "refused", "https://m:443 refuses the connection"],
    ["ENOENT", "refused", "https://m:443 refuses the connection"],
    ["ENOTDIR", "refused", "https://m:443 refuses the connection"],
    ["EACCES", "refused", "No answer from https://m:443: low words"],
    ["ENOTFOUND", "dns", "The host of https://m:443 is not known"],
    ["EAI_AGAIN", "dns", "No answer from https://m:443: low words"],
    ["EHOSTUNREACH", "unreachable", "No answer from https://m:443: low words"],
    ["ETIMEDOUT", "timeout", "No answer from https://m:443: low words"],
    ["ECONNRESET", "reset", "No answer from https://m:443: low words"],
    ["EWHATEVER", "reset", "No answer from https://m:443: low words"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "tls", "No answer from https://m:443: low words"],
    ["HPE_INVALID_CONSTANT", "protocol", "No answer from https://m:443: low words"],
  ])("as %s is of the kind %s: %s", (code, kind, message) => {
    expect(connectionFailure(coded(code), where)).toMatchObject({ ...where, code, kind, message });
  });

  it("of TLS is told in OpenSSL's words, without its source lines", () => {
    const error = coded(
      "EPROTO",
      "C0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl.c:354:\n",
    );
    expect(connectionFailure(error, where)).toMatchObject({
      kind: "tls",
      code: "ERR_SSL_WRONG_VERSION_NUMBER",
      message: "No answer from https://m:443: wrong version number",
    });
  });

  it("of a host with several addresses is what the first of them said", () => {
    const error = new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")]);
    expect(connectionFailure(error, where)).toMatchObject({ kind: "refused", code: "ECONNREFUSED" });
  });

  it("without a code is a connection that broke", () => {
    expect(connectionFailure(new Error("closed"), { ...where, sent: true })).toMatchObject({
      kind: "reset",
      sent: true,
      code: undefined,
    });
  });

  it("is left as it is where it has its name already", () => {
    const named = new ConnectionError({ kind: "proxy", message: "m", sent: true, address: "a" });
    expect(connectionFailure(named, where)).toBe(named);
  });
});
