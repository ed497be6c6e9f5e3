/* How people reacted to a message. Our app says it inside the ciphertext; others leave the emoji in clear. */

import { EventType, type MatrixEvent, RelationType, type Room } from "matrix-js-sdk/lib/matrix";

import type { Reaction } from "./message.ts";

/** Where our app puts what others leave outside the ciphertext. */
export const REACTION_KEY = "id.amanat.key";
/** Above what any emoji takes; a sticker's address is longer and is not shown as a reaction. */
const MAX_KEY = 32;

/** Return the emoji of a reaction that can be read; null where it has none. */
export function keyOf(event: MatrixEvent): string | null {
    const key: unknown = event.getContent()[REACTION_KEY] ?? event.getRelation()?.key;
    return typeof key === "string" && key !== "" && key.length <= MAX_KEY ? key : null;
}

/** Return the reactions to a message in the order in which they came, each person once for an emoji. */
export function reactionsTo(
    eventId: string,
    { relations, me, nameOf }: { relations: Room["relations"]; me: string; nameOf: (userId: string) => string },
): Reaction[] {
    const events = relations.getChildEventsForEvent(eventId, RelationType.Annotation, EventType.Reaction);
    const byKey = new Map<string, Map<string, string>>();
    for (const event of events?.getRelations().toSorted((one, other) => one.getTs() - other.getTs()) ?? []) {
        const key = event.isRedacted() ? null : keyOf(event);
        const [sender, id] = [event.getSender(), event.getId()];
        if (key === null || sender === undefined || id === undefined) continue;
        const people = byKey.get(key) ?? new Map<string, string>();
        people.set(sender, id);
        byKey.set(key, people);
    }
    return [...byKey].map(([key, people]) => ({
        key,
        names: [...people.keys()].map(nameOf),
        mineId: people.get(me) ?? null,
    }));
}
