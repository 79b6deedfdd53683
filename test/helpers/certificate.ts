import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A fresh self-signed certificate for the given names, in a directory of the test's own. */
export function selfSigned(directory: string, altNames = "IP:127.0.0.1,DNS:localhost") {
  const keyFile = join(directory, "key.pem");
  const certFile = join(directory, "cert.pem");
  const subject = ["-subj", "/CN=cfy-test", "-addext", `subjectAltName=${altNames}`];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", keyFile];
  execFileSync("openssl", ["req", "-x509", "-days", "2", ...key, "-out", certFile, ...subject], { stdio: "ignore" });
  return { certFile, key: readFileSync(keyFile), cert: readFileSync(certFile) };
}

/** The same, but it ended a day ago. */
export function expired(directory: string) {
  const { certFile } = selfSigned(directory);
  const keyFile = join(directory, "key.pem");
  const request = join(directory, "request.pem");
  execFileSync("openssl", ["x509", "-x509toreq", "-in", certFile, "-signkey", keyFile, "-out", request], {
    stdio: "ignore",
  });
  execFileSync("openssl", ["x509", "-req", "-days", "-1", "-in", request, "-signkey", keyFile, "-out", certFile], {
    stdio: "ignore",
  });
  return { certFile, key: readFileSync(keyFile), cert: readFileSync(certFile) };
}
