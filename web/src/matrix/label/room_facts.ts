/* What a chat's label stands on, read from the chat's state and from what is known of those in it. */

import { HistoryVisibility, JoinRule, type Room, type RoomMember } from "matrix-js-sdk/lib/matrix";

import { type Holder, type KeyHolders, UNKNOWN } from "../keys/key_holders.ts";
import { nameOfMember } from "../rooms/people.ts";
import { publicPicture } from "../rooms/pictures.ts";
import { admissionOf } from "./admission.ts";
import type { Reader, RoomFacts } from "./label.ts";

type Knowledge = {
    userId: string;
    holders: KeyHolders;
    accepted: ReadonlySet<string>;
    admitted: ReadonlySet<string>;
};

const LATER_COMERS_READ: readonly HistoryVisibility[] = [HistoryVisibility.Shared, HistoryVisibility.WorldReadable];

/** Gather the facts. Who is in a chat is asked for if it is not known yet; offline, the facts are not complete. */
export async function factsOf(room: Room, knowledge: Knowledge): Promise<RoomFacts> {
    const encrypted = room.hasEncryptionStateEvent();
    const visibility = room.getHistoryVisibility();
    const about = {
        encrypted,
        open: room.getJoinRule() === JoinRule.Public || visibility === HistoryVisibility.WorldReadable,
        historyShared: encrypted && LATER_COMERS_READ.includes(visibility),
    };
    // What is not encrypted is not read by those in it only: they need not be counted.
    if (!encrypted) return { ...about, complete: true, readers: [] };
    const { members, complete } = await membersOf(room);
    const holders = await knowledge.holders.of(members.map(({ userId }) => userId));
    const readers = members.map((member) => readerOf(member, holders.get(member.userId), knowledge));
    return { ...about, complete, readers };
}

/** Return the facts of a chat that does not exist yet, as this app would make it; `name` is the other's. */
export function factsBefore(
    userIds: readonly string[],
    { holders, me, name }: { holders: ReadonlyMap<string, Holder>; me: string; name: string },
): RoomFacts {
    const readers = userIds.map((userId) => {
        const isMe = userId === me;
        const about = { userId, name: isMe ? "" : name, picture: null, me: isMe, accepted: false, admitted: false };
        return { ...about, ...(holders.get(userId) ?? UNKNOWN) };
    });
    return { encrypted: true, open: false, historyShared: false, complete: true, readers };
}

/** Return whoever is given the keys: those in the chat, and those asked in where they may read from then on. */
async function membersOf(room: Room): Promise<{ members: RoomMember[]; complete: boolean }> {
    try {
        return { members: await room.getEncryptionTargetMembers(), complete: true };
    } catch {
        return { members: room.getJoinedMembers(), complete: false };
    }
}

function readerOf(member: RoomMember, holder: Holder = UNKNOWN, { userId, accepted, admitted }: Knowledge): Reader {
    const admission = admissionOf(member.roomId, { userId: member.userId, ...holder });
    return {
        userId: member.userId,
        name: nameOfMember(member, member.userId),
        picture: publicPicture(member.getMxcAvatarUrl()),
        me: member.userId === userId,
        accepted: accepted.has(member.userId),
        admitted: admitted.has(admission),
        ...holder,
    };
}
