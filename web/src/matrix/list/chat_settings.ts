/* What one person sets for one of their chats, on all their devices: pinned, muted, archived, marked unread. */

import { EventType, PushRuleKind } from "matrix-js-sdk/lib/matrix";
import type { Session } from "../session/session.ts";
import type { ChatSummary } from "./chat_summary.ts";

/** spec: client-server-api#room-tagging; other apps show what is archived at the end of their lists. */
export const PINNED_TAG = "m.favourite";
export const ARCHIVED_TAG = "m.lowpriority";

/** What is set for a chat by its menu. */
export type ChatSetting = "pin" | "mute" | "archive" | "unread";

/** Whether a chat is to make itself heard only when one is mentioned. */
export function isMuted({ client }: Session, roomId: string): boolean {
    const rule = client.pushRules?.global.room?.find((each) => each.rule_id === roomId);
    return rule?.enabled === true && !rule.actions.some((action) => action === "notify");
}

export class ChatSettings {
    readonly #session: Session;

    constructor(session: Session) {
        this.#session = session;
    }

    /** Pin, mute, archive or mark a chat; take it back where it is so. */
    async toggle(chat: ChatSummary, setting: ChatSetting): Promise<void> {
        const { roomId } = chat;
        switch (setting) {
            case "pin":
                return this.pin(roomId, chat.pin === null);
            case "mute":
                return this.mute(roomId, !chat.muted);
            case "archive":
                return this.archive(roomId, !chat.archived);
            case "unread":
                return chat.isUnread ? this.markRead(roomId) : this.markUnread(roomId);
        }
    }

    async pin(roomId: string, pinned: boolean): Promise<void> {
        const { client } = this.#session;
        if (pinned) await client.setRoomTag(roomId, PINNED_TAG, { order: this.#beforeAll() });
        else await client.deleteRoomTag(roomId, PINNED_TAG);
    }

    async mute(roomId: string, muted: boolean): Promise<void> {
        const { client } = this.#session;
        if (muted) await client.addPushRule("global", PushRuleKind.RoomSpecific, roomId, { actions: [] });
        else await client.deletePushRule("global", PushRuleKind.RoomSpecific, roomId);
    }

    async archive(roomId: string, archived: boolean): Promise<void> {
        const { client } = this.#session;
        if (!archived) return void (await client.deleteRoomTag(roomId, ARCHIVED_TAG));
        await client.setRoomTag(roomId, ARCHIVED_TAG);
        const room = client.getRoom(roomId);
        if (room !== null && PINNED_TAG in room.tags) await client.deleteRoomTag(roomId, PINNED_TAG);
    }

    async markUnread(roomId: string): Promise<void> {
        await this.#session.client.setRoomAccountData(roomId, EventType.MarkedUnread, { unread: true });
    }

    /** Read everything that is there. Saying so twice changes nothing. */
    async markRead(roomId: string): Promise<void> {
        await this.unmark(roomId);
        const { client } = this.#session;
        const newest = client.getRoom(roomId)?.getLiveTimeline().getEvents().at(-1);
        if (newest !== undefined) await client.sendReadReceipt(newest, undefined, true);
    }

    /** Take back a mark, as whoever opens a chat does. */
    async unmark(roomId: string): Promise<void> {
        const { client } = this.#session;
        const marked = client.getRoom(roomId)?.getAccountData(EventType.MarkedUnread)?.getContent().unread === true;
        if (marked) await client.setRoomAccountData(roomId, EventType.MarkedUnread, { unread: false });
    }

    /** What is pinned last comes first: half of what was the least. */
    #beforeAll(): number {
        const orders = this.#session.client.getRooms().flatMap((room) => room.tags[PINNED_TAG]?.order ?? []);
        return Math.min(1, ...orders) / 2;
    }
}
