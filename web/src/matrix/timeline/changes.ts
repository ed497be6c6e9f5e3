/* What js-sdk tells of a timeline, in the words that a timeline needs. */

import {
    type EventTimelineSet,
    type IRoomTimelineData,
    type MatrixClient,
    type MatrixEvent,
    MatrixEventEvent,
    type Room,
    RoomEvent,
    type RoomMember,
    RoomStateEvent,
    type Thread,
    ThreadEvent,
} from "matrix-js-sdk/lib/matrix";

import type { Stop } from "../../platform/observable.ts";

export interface Changes {
    /** An event has come behind the newest. */
    added(event: MatrixEvent): void;
    /** Events were taken out, or sorted in between. */
    moved(): void;
    /** The server has left something out: what was here no longer ends in the newest. */
    reset(): void;
    /** An event is no longer what it was. */
    changed(eventId: string): void;
    /** Somebody's name or picture has changed. */
    renamed(userId: string): void;
    received(receipts: MatrixEvent): void;
}

export type Source = { client: MatrixClient; room: Room; timelines: EventTimelineSet; thread: Thread | undefined };

/** Follow a timeline until the returned function is called. */
export function followChanges({ client, room, timelines, thread }: Source, changes: Changes): Stop {
    const changed = (event: MatrixEvent) => {
        if (event.getRoomId() !== room.roomId) return;
        // An edit or a reaction changes what it is about.
        const about = event.getRelation()?.event_id;
        if (about !== undefined) changes.changed(about);
        changes.changed(event.getId() ?? "");
    };
    const added = (event: MatrixEvent, _room: unknown, toStart: unknown, removed: boolean, data: IRoomTimelineData) => {
        const about = event.getRelation()?.event_id;
        if (about !== undefined) changes.changed(about);
        if (removed) changes.moved();
        else if (toStart === true) return;
        else if (data.liveEvent === true) changes.added(event);
        // Late answers of a branch are sorted in between.
        else if (thread !== undefined) changes.moved();
    };
    const reset = () => changes.reset();
    const redacted = (redaction: MatrixEvent) => changes.changed(redaction.event.redacts ?? "");
    const received = (receipts: MatrixEvent) => changes.received(receipts);
    const branched = (branch: Thread) => (branch === thread ? changes.moved() : changes.changed(branch.id));
    const renamed = (_event: unknown, _state: unknown, { roomId, userId }: RoomMember) => {
        if (roomId === room.roomId) changes.renamed(userId);
    };
    client.on(MatrixEventEvent.Decrypted, changed);
    client.on(MatrixEventEvent.Replaced, changed);
    client.on(RoomStateEvent.Members, renamed);
    room.on(MatrixEventEvent.BeforeRedaction, changed);
    room.on(RoomEvent.Redaction, redacted);
    room.on(RoomEvent.Receipt, received);
    room.on(ThreadEvent.Update, branched);
    timelines.on(RoomEvent.Timeline, added);
    timelines.on(RoomEvent.TimelineReset, reset);
    return () => {
        client.off(MatrixEventEvent.Decrypted, changed);
        client.off(MatrixEventEvent.Replaced, changed);
        client.off(RoomStateEvent.Members, renamed);
        room.off(MatrixEventEvent.BeforeRedaction, changed);
        room.off(RoomEvent.Redaction, redacted);
        room.off(RoomEvent.Receipt, received);
        room.off(ThreadEvent.Update, branched);
        timelines.off(RoomEvent.Timeline, added);
        timelines.off(RoomEvent.TimelineReset, reset);
    };
}
