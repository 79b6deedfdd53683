import { type IncomingHttpHeaders, request } from "node:http";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One plain request, over a unix socket or to a port of this machine. */
export function ask(where: { socketPath: string } | { port: number }, path: string, headers = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { ...where, path, headers: { tenant: "default_tenant", ...headers }, agent: false },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8");
        answer.on("data", (text: string) => {
          body += text;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
        answer.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}
