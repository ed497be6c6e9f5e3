/* Groups: making one, and what its admins change. Names, topics and pictures leave this device only encrypted. */

import { encryptAttachment } from "matrix-encrypt-attachment";
import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import type { CryptoBackend } from "matrix-js-sdk/lib/common-crypto/CryptoBackend";
import {
    ClientEvent,
    EventType,
    JoinRule,
    type MatrixClient,
    Preset,
    type Room,
    RoomStateEvent,
} from "matrix-js-sdk/lib/matrix";

import { UNKNOWN_TYPE } from "../../platform/magic_bytes.ts";
import type { Session } from "../session/session.ts";
import { initialTimer } from "../timeline/timers.ts";
import { ENCRYPTED_STATE, RoomNames, SAID_AGAIN } from "./room_names.ts";

export type GroupPlan = { name: string; topic: string; people: readonly string[]; maxAgeMs: number | null };

/** Make a group and invite people to it; return its room. Who cannot be invited is left out. */
export async function makeGroup(session: Session, { name, topic, people, maxAgeMs }: GroupPlan): Promise<string> {
    const { client } = session;
    const { room_id: roomId } = await client.createRoom({
        preset: Preset.PrivateChat,
        initial_state: [
            { type: EventType.RoomEncryption, state_key: "", content: ENCRYPTED_STATE },
            ...initialTimer(maxAgeMs),
        ],
    });
    await arrives(client, roomId);
    await rename(session, roomId, name);
    if (topic.trim() !== "") await describe(session, roomId, topic);
    // After the name: an invitation brings the newcomer the keys of what is there already (MSC4268).
    await Promise.allSettled(people.map((userId) => client.invite(roomId, userId)));
    return roomId;
}

export async function rename(session: Session, roomId: string, name: string): Promise<void> {
    await encryptState(session, roomId);
    await session.client.sendStateEvent(roomId, EventType.RoomName, { name: name.trim() });
}

/** Say a group's name anew once somebody is in it who is given no keys of what was said before: a service. */
export async function repeatName({ client }: Session, roomId: string, newcomer: string): Promise<void> {
    await isIn(client, roomId, newcomer);
    const room = client.getRoom(roomId);
    const name = room && RoomNames.given(room);
    if (!name) return;
    const content = { name, [SAID_AGAIN]: true };
    await client.sendStateEvent(roomId, EventType.RoomName, content);
}

export async function describe(session: Session, roomId: string, topic: string): Promise<void> {
    await encryptState(session, roomId);
    await session.client.sendStateEvent(roomId, EventType.RoomTopic, { topic: topic.trim() });
}

/** Show a picture of the group to those in it; null takes it away. The server stores bytes, and not for what. */
export async function portrayGroup(session: Session, roomId: string, picture: Blob | null): Promise<void> {
    await encryptState(session, roomId);
    const content = picture === null ? {} : await sealed(session, picture);
    await session.client.sendStateEvent(roomId, EventType.RoomAvatar, content as { url?: string });
}

/** spec: client-server-api#sending-encrypted-attachments */
async function sealed({ client }: Session, picture: Blob) {
    const { data, info } = await encryptAttachment(await picture.arrayBuffer());
    const upload = { type: UNKNOWN_TYPE, includeFilename: false };
    const { content_uri: url } = await client.uploadContent(new Blob([data]), upload);
    return { file: { ...info, url }, info: { mimetype: picture.type, size: picture.size } };
}

/** Let people ask to join who have the link, or nobody. */
export async function openToAsking(session: Session, roomId: string, open: boolean): Promise<void> {
    const content = { join_rule: open ? JoinRule.Knock : JoinRule.Invite };
    await session.client.sendStateEvent(roomId, EventType.RoomJoinRules, content);
}

/** Make sure that state is encrypted from now on, in a room that another app may have made. */
async function encryptState(session: Session, roomId: string): Promise<void> {
    const crypto = session.crypto as unknown as CryptoBackend;
    if (await crypto.isStateEncryptionEnabledInRoom(roomId)) return;
    const { client } = session;
    await client.sendStateEvent(roomId, EventType.RoomEncryption, ENCRYPTED_STATE);
    await arrives(client, roomId);
    if (await crypto.isStateEncryptionEnabledInRoom(roomId)) return;
    throw new Error("The name would be sent in clear.");
}

/** Resolve when somebody has come into a room who was invited. */
function isIn(client: MatrixClient, roomId: string, userId: string): Promise<void> {
    return new Promise((resolve) => {
        const look = () => {
            if (client.getRoom(roomId)?.getMember(userId)?.membership !== KnownMembership.Join) return;
            client.off(RoomStateEvent.Members, look);
            resolve();
        };
        client.on(RoomStateEvent.Members, look);
        look();
    });
}

/** Resolve when a room is here whose names are to be encrypted. */
function arrives(client: MatrixClient, roomId: string): Promise<void> {
    return new Promise((resolve) => {
        const look = () => {
            if (!encryptsState(client.getRoom(roomId))) return;
            client.off(ClientEvent.Room, look);
            client.off(RoomStateEvent.Events, look);
            resolve();
        };
        client.on(ClientEvent.Room, look);
        client.on(RoomStateEvent.Events, look);
        look();
    });
}

function encryptsState(room: Room | null): boolean {
    const encryption = room?.currentState.getStateEvents(EventType.RoomEncryption, "");
    return encryption?.getContent()["io.element.msc4362.encrypt_state_events"] === true;
}
