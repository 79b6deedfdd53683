import { serverHome } from "../../../lib/server-home.ts";
import { LOCAL } from "../../profiles/profile.ts";

/** What there is to know of the profile that stands for the server of this machine. */
export function localProfile(root: string): Record<string, string> {
  const { socket, directory } = serverHome(root);
  return { name: LOCAL, socket, directory };
}
