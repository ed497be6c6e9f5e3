/* Whether a person wants offers of a business in their chat: what the business's gateway says of it, and what was chosen
 * since. Both stand inside the ciphertext: no server knows. Pure. */

/** In a message of the business's: how the choice stands. In one of the person's: what they choose. */
export const OFFERS = "id.amanat.offers";

/** `standing`: what the gateway holds; `chosen`: what it has not answered yet; `at`: the message that says how it stands. */
export type OffersChoice = { standing: boolean; chosen: boolean | null; at: string };

/** A message, as far as it matters here. */
export type Heard = { id: string; sender: string; encrypted: boolean; told: unknown };

/** Return how it stands by some messages, the newest first; null where the business sends no offers. */
export function offersIn(newestFirst: Iterable<Heard>, me: string): OffersChoice | null {
    let chosen: boolean | null = null;
    for (const { id, sender, encrypted, told } of newestFirst) {
        // What is not encrypted the server could have made up.
        if (!encrypted || (told !== "on" && told !== "off")) continue;
        if (sender !== me) return { standing: told === "on", chosen, at: id };
        chosen ??= told === "on";
    }
    return null;
}
