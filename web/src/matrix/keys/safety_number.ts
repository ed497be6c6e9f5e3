/* A number that two people compare, by voice or side by side: it is the same at both exactly if neither's keys, nor
 * the names they go by, were exchanged on the way. Pure. */

type Party = { userId: string; masterKey: string };

/** Twelve groups of five digits: 199 bits of a hash, more than anybody can search. */
const GROUPS = 12;
const BYTES_PER_GROUP = 5;

/** Return the groups of the number of two people, whichever of them asks. */
export async function safetyNumber(one: Party, other: Party): Promise<string[]> {
    const parties = [one, other].map(({ userId, masterKey }) => JSON.stringify([userId, masterKey])).toSorted();
    const said = new TextEncoder().encode(`amanat safety number 1\n${parties.join("\n")}`);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-512", said));
    return Array.from({ length: GROUPS }, (_, group) => digits(hash.subarray(group * BYTES_PER_GROUP)));
}

function digits(bytes: Uint8Array): string {
    const number = bytes.subarray(0, BYTES_PER_GROUP).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(number % 100_000).padStart(5, "0");
}
