import { Refusal } from "../../services/refusal.ts";
import type { Routes } from "../context.ts";

interface Unavailable {
  what: string;
  because: string;
  requests: readonly (readonly ["GET" | "POST" | "PUT" | "PATCH" | "DELETE", string])[];
}

/** What commands ask other managers for and this server does not have; a document lists the same. */
export const UNAVAILABLE: readonly Unavailable[] = [
  {
    what: "users of an LDAP server",
    because: "users and their roles are its own: cfy users create",
    requests: [["POST", "/ldap"]],
  },
  {
    what: "licenses",
    because: "it needs none",
    requests: [
      ["GET", "/license"],
      ["PUT", "/license"],
      ["DELETE", "/license"],
      ["POST", "/license"],
      ["POST", "/contacts"],
    ],
  },
  {
    what: "secrets that somebody else keeps",
    because: "it keeps them itself, encrypted: cfy secrets create",
    requests: [
      ["GET", "/secrets-providers"],
      ["PUT", "/secrets-providers"],
      ["GET", "/secrets-providers/:name"],
      ["PUT", "/secrets-providers/:name"],
      ["PATCH", "/secrets-providers/:name"],
      ["DELETE", "/secrets-providers/:name"],
    ],
  },
  {
    what: "further managers",
    because: "it is one server with a database of its own",
    requests: [
      ["POST", "/managers"],
      ["PUT", "/managers/:name"],
      ["DELETE", "/managers/:name"],
    ],
  },
  {
    what: "message brokers",
    because: "server and workers talk through the database",
    requests: [
      ["POST", "/brokers"],
      ["PUT", "/brokers/:name"],
      ["DELETE", "/brokers/:name"],
    ],
  },
  {
    what: "hosts of its database",
    because: "the database is a file in its home",
    requests: [["POST", "/db-nodes"]],
  },
  {
    what: "agents on other hosts",
    because: "operations of all hosts run in the worker",
    requests: [
      ["PATCH", "/agents"],
      ["PUT", "/agents/:name"],
      ["PATCH", "/agents/:name"],
    ],
  },
];

export const unavailableRoutes: Routes = (app) => {
  for (const { what, because, requests } of UNAVAILABLE) {
    const refusal = new Refusal("missing_premium_package_error", `This server does not have ${what}: ${because}`);
    for (const [method, url] of requests) {
      const handler = () => Promise.reject(refusal);
      app.route({ method, url, config: { anyTenant: true, streamsBody: true }, handler });
    }
  }
};
