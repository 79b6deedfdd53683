import { managersOf, type Profile } from "../profiles/profile.ts";

/** The profile with one manager of its cluster first in the list. */
export function movedToFront(profile: Profile, host: string): Profile {
  const nodes = managersOf(profile);
  const front = nodes.filter((node) => node.host_ip === host);
  if (front.length === 0) return profile;
  const others = nodes.filter((node) => node.host_ip !== host);
  return { ...profile, manager_ip: host, cluster: { ...profile.cluster, manager: [...front, ...others] } };
}
