/** An address as people may see it: without the credentials and the query that it may hold. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** What `fetch` takes, which refuses credentials in an address. They are not sent on to other hosts. */
export function requestFor(url: string): { url: URL; headers: Record<string, string> } {
  const address = new URL(url);
  const { username, password } = address;
  address.username = "";
  address.password = "";
  if (username === "" && password === "") return { url: address, headers: {} };
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url: address, headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` } };
}
