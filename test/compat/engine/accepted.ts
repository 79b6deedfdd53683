/** Differences that stay, case by case, each with the reason that a user would accept. */
export const ACCEPTED: Record<string, { difference: RegExp; reason: string }[]> = {};
