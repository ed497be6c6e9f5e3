/* What chats are called. Names and topics of our groups travel as encrypted state (MSC4362): the server stores bytes.
 * Apps that cannot read those show the members' names instead. */

import { DecryptionFailureCode } from "matrix-js-sdk/lib/crypto-api/index";
import {
    EventTimeline,
    EventType,
    type MatrixClient,
    type MatrixEvent,
    MatrixEventEvent,
    type Room,
    type RoomNameState,
    RoomNameType,
} from "matrix-js-sdk/lib/matrix";

/** The content of `m.room.encryption` in the groups that this app makes. */
export const ENCRYPTED_STATE = {
    algorithm: "m.megolm.v1.aes-sha2",
    "io.element.msc4362.encrypt_state_events": true,
} as const;

/** In the content of a name that nobody has changed: it is said anew, for a service that came in. */
export const SAID_AGAIN = "id.amanat.again";

/** Reads the names and topics of rooms. */
export const RoomNames = {
    /** Return what a room is called: its name, or those of the people in it; empty where there is neither. */
    of(room: Room): string {
        return textOf(room, EventType.RoomName, "name") ?? room.name;
    },

    /** Return the name that somebody has given a room. */
    given(room: Room): string | null {
        return textOf(room, EventType.RoomName, "name");
    },

    topicOf(room: Room): string | null {
        return textOf(room, EventType.RoomTopic, "topic");
    },
};

/** What js-sdk is to call rooms: people's names without a word between them, as words are for the views. */
export function wordlessName(_roomId: string, state: RoomNameState): string {
    switch (state.type) {
        case RoomNameType.Actual:
            return state.name;
        case RoomNameType.Generated: {
            const others = state.count - state.names.length;
            const names = state.names.map(withoutServer).join(", ");
            return others > 0 ? `${names} +${others}` : names;
        }
        case RoomNameType.EmptyRoom:
            return state.oldName ?? "";
    }
}

/** Who has no name is called by the first part of their id, as everywhere. */
function withoutServer(name: string): string {
    return name.replace(/^@([^:]+):.*$/, "$1");
}

/** Copies of one state event that are tried: one is enough, but for one that cannot be read at all. */
const MAX_COPIES = 3;

/** Give rooms their names as those are decrypted: js-sdk does so only of names that it could read when they came. */
export function followNames(client: MatrixClient): void {
    const copies = new Map<string, number>();
    client.on(MatrixEventEvent.Decrypted, (event) => {
        const room = event.isState() ? client.getRoom(event.getRoomId()) : null;
        if (room === null) return;
        const id = event.getId() ?? "";
        const tried = copies.get(id) ?? 0;
        if (!event.isDecryptionFailure()) file(room, event);
        else if (event.decryptionFailureReason === DecryptionFailureCode.UNKNOWN_ERROR && tried < MAX_COPIES) {
            // js-sdk 43 forgets the state key of what failed once, and then fails for ever: a copy has it still.
            copies.set(id, tried + 1);
            client.getEventMapper()(event.event);
        }
    });
}

function file(room: Room, event: MatrixEvent): void {
    const newest = newestState(room, event.getType());
    if (newest !== null && newest.getTs() > event.getTs()) return;
    room.currentState.setStateEvents([event]);
    room.recalculate();
}

/** The newest state of a kind, be it in clear or encrypted; what cannot be read (yet) is passed over. */
export function newestState(room: Room, type: string): MatrixEvent | null {
    const state = room.getLiveTimeline().getState(EventTimeline.FORWARDS);
    if (state === undefined) return null;
    // js-sdk files what it decrypts later under the name that it came by.
    const found = [
        state.getStateEvents(type, ""),
        state.getStateEvents(EventType.RoomMessageEncrypted, `${type}:`),
    ].filter((event) => event !== null && event.getType() === type && !event.isDecryptionFailure());
    return found.toSorted((one, other) => (other?.getTs() ?? 0) - (one?.getTs() ?? 0))[0] ?? null;
}

function textOf(room: Room, type: string, key: string): string | null {
    const text: unknown = newestState(room, type)?.getContent()[key];
    return typeof text === "string" && text.trim() !== "" ? text : null;
}
