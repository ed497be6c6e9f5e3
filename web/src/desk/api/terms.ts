/* What all of the desk's API speaks of. */

export const ROLES = ["agent", "editor", "lead"] as const;
export type Role = (typeof ROLES)[number];

export type Named = { id: string; name: string };
