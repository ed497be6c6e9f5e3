/* One group: who is in it, in which role, and what one may do there. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import {
    EventTimeline,
    EventType,
    JoinRule,
    type Room,
    RoomEvent,
    type RoomMember,
    type RoomState,
    RoomStateEvent,
} from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import type { Session } from "../session/session.ts";
import { nameOfMember } from "./people.ts";
import { type Picture, pictureOfGroup, publicPicture } from "./pictures.ts";
import { RoomNames } from "./room_names.ts";

export type Role = "owner" | "admin" | "member";
/** `asking` has asked to join by the link. */
export type Standing = "joined" | "invited" | "asking";

export type GroupMember = {
    userId: string;
    name: string;
    picture: Picture | null;
    role: Role;
    standing: Standing;
    me: boolean;
};

/** `bringIn`: a service, as its gateway will have it. */
export type GroupMay = {
    invite: boolean;
    bringIn: boolean;
    remove: boolean;
    setRoles: boolean;
    edit: boolean;
    openLink: boolean;
};

export type AboutGroup = {
    name: string;
    picture: Picture | null;
    topic: string;
    members: readonly GroupMember[];
    /** Who has the link may ask to join. */
    open: boolean;
    may: GroupMay;
};

/** The power that each role is given. The maker of a room stands above all levels. spec: client-server-api#permissions */
const LEVELS: Record<Role, number> = { owner: 100, admin: 50, member: 0 };
const STANDINGS: Record<string, Standing> = {
    [KnownMembership.Join]: "joined",
    [KnownMembership.Invite]: "invited",
    [KnownMembership.Knock]: "asking",
};
const ORDER: readonly Role[] = ["owner", "admin", "member"];

export function roleOf(level: number): Role {
    return ORDER.find((role) => level >= LEVELS[role]) ?? "member";
}

export class Group {
    readonly #session: Session;
    readonly #room: Room;
    readonly #about: Observable<AboutGroup>;

    /** Throws if the session does not know the room. */
    constructor(session: Session, roomId: string) {
        const room = session.client.getRoom(roomId);
        if (room === null) throw new Error("This group is not known here yet.");
        this.#session = session;
        this.#room = room;
        this.#about = new Observable(this.#look());
    }

    get about(): Followed<AboutGroup> {
        return this.#about;
    }

    /** Follow the group until the returned function is called. All its members are asked for. */
    follow(): Stop {
        const look = () => this.#about.set(this.#look());
        this.#room.on(RoomStateEvent.Update, look);
        this.#room.on(RoomStateEvent.Members, look);
        this.#room.on(RoomEvent.Name, look);
        void this.#room.loadMembersIfNeeded().then(look, () => {});
        return () => {
            this.#room.off(RoomStateEvent.Update, look);
            this.#room.off(RoomStateEvent.Members, look);
            this.#room.off(RoomEvent.Name, look);
        };
    }

    /** Invite somebody, or let in who asks. A newcomer who is no service gets the keys of what was said before. */
    async invite(userId: string): Promise<void> {
        await this.#session.client.invite(this.#room.roomId, userId);
    }

    /** Remove somebody, or refuse who asks. */
    async remove(userId: string): Promise<void> {
        await this.#session.client.kick(this.#room.roomId, userId);
    }

    async setRole(userId: string, role: Role): Promise<void> {
        await this.#session.client.setPowerLevel(this.#room.roomId, userId, LEVELS[role]);
    }

    /** Leave. A successor becomes an owner first, so that the group is not left with nobody to lead it. */
    async leave(successorId: string | null): Promise<void> {
        if (successorId !== null) await this.setRole(successorId, "owner");
        await this.#session.client.leave(this.#room.roomId);
    }

    #look(): AboutGroup {
        const members = this.#room.getMembers().filter(({ membership }) => (membership ?? "") in STANDINGS);
        return {
            name: RoomNames.of(this.#room),
            picture: pictureOfGroup(this.#room),
            topic: RoomNames.topicOf(this.#room) ?? "",
            members: members.map((member) => this.#member(member)).sort(compareMembers),
            open: this.#room.getJoinRule() === JoinRule.Knock,
            may: this.#may(),
        };
    }

    #member(member: RoomMember): GroupMember {
        return {
            userId: member.userId,
            name: nameOfMember(member, member.userId),
            picture: publicPicture(member.getMxcAvatarUrl()),
            role: roleOf(member.powerLevel),
            standing: STANDINGS[member.membership ?? ""] ?? "joined",
            me: member.userId === this.#session.userId,
        };
    }

    #may(): GroupMay {
        const { userId } = this.#session;
        const state: RoomState | undefined = this.#room.getLiveTimeline().getState(EventTimeline.FORWARDS);
        const own = this.#room.getMember(userId)?.powerLevel ?? 0;
        const maySet = (type: string) => state?.maySendStateEvent(type, userId) ?? false;
        const invite = this.#room.canInvite(userId);
        const remove = state?.hasSufficientPowerLevelFor("kick", own) ?? false;
        return {
            invite,
            // Only whoever could put it out again: the level of state that has none of its own is that of all state.
            bringIn: invite && remove && maySet(EventType.RoomMessageEncrypted),
            remove,
            setRoles: maySet(EventType.RoomPowerLevels),
            // Names travel as encrypted state, whose level is that of all state.
            edit: maySet(EventType.RoomMessageEncrypted) && maySet(EventType.RoomName),
            openLink: maySet(EventType.RoomJoinRules),
        };
    }
}

function compareMembers(one: GroupMember, other: GroupMember): number {
    return ORDER.indexOf(one.role) - ORDER.indexOf(other.role) || one.name.localeCompare(other.name);
}
