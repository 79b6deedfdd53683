import { describe, expect, it } from "vitest";
import { addressOf, endpointAt } from "../../../src/client/index.ts";

describe("an address as text", () => {
  it.each([
    ["https://manager.example.com", { protocol: "https", host: "manager.example.com", port: 443 }],
    ["http://10.0.0.5:8080/", { protocol: "http", host: "10.0.0.5", port: 8080 }],
    ["http://[::1]", { protocol: "http", host: "::1", port: 80 }],
    ["/run/cfy/server.sock", { socketPath: "/run/cfy/server.sock" }],
  ])("%s is an endpoint", (text, endpoint) => {
    expect(endpointAt(text)).toMatchObject(endpoint);
  });

  it("is what the endpoint is called", () => {
    for (const text of ["https://m:443", "http://[::1]:80", "/run/s"]) expect(addressOf(endpointAt(text))).toBe(text);
  });

  it.each(["ftp://m", "manager.example.com", ""])("%j is none", (text) => {
    expect(() => endpointAt(text)).toThrow(TypeError);
  });
});
