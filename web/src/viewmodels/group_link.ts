/* What a link into a group says beside which group it is: its name, and which link. Pure. */

/** `said` is told with the request, where a bot that runs the group knows its links by it; null for a link without. */
export type GroupLink = { name: string; said: string | null };

/** As a bot's gateway makes them; what is no token was written by somebody, and is no word of the person's. */
const SAID = /^link=[A-Za-z0-9_-]{16,64}$/;

/** Return what the parts of a place behind the group say. */
export function groupLinkOf(parts: readonly string[]): GroupLink {
    const said = parts.flatMap((part) => (part.startsWith("?") ? [part.slice(1)] : [])).find((part) => SAID.test(part));
    const name = parts.find((part) => said === undefined || part !== `?${said}`);
    return { name: name ?? "", said: said ?? null };
}
