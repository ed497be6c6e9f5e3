/* What others see of oneself: name, picture and handle. The server shows all three to whoever may find one. */

import { type Followed, Observable } from "../platform/observable.ts";
import type { Session } from "./session.ts";

/** `picture` is the address of a picture in this page; null where there is none or it has not come. */
export type OwnProfileState = { name: string; handle: string | null; picture: string | null };

const HANDLE = "id.amanat.handle";
const PICTURE_SIDE = 256;

export class OwnProfile {
    readonly #session: Session;
    readonly #profile: Observable<OwnProfileState>;

    constructor(session: Session) {
        this.#session = session;
        // What the last sync told, until the server answers.
        const known = session.client.getUser(session.userId);
        this.#profile = new Observable<OwnProfileState>({
            name: known?.displayName ?? "",
            handle: null,
            picture: null,
        });
    }

    get profile(): Followed<OwnProfileState> {
        return this.#profile;
    }

    /** Ask the server; throws while it cannot be reached. */
    async look(): Promise<void> {
        const fields = await this.#session.client.getExtendedProfile(this.#session.userId);
        const { displayname, avatar_url: picture, [HANDLE]: handle } = fields;
        this.#change({
            name: typeof displayname === "string" ? displayname : "",
            handle: typeof handle === "string" ? handle : null,
        });
        if (typeof picture === "string" && picture !== "") this.#show(await this.#fetched(picture));
        else this.#show(null);
    }

    async rename(name: string): Promise<void> {
        await this.#session.client.setDisplayName(name);
        this.#change({ name });
    }

    /** Upload a picture and show it to others; null takes it away. */
    async picture(picture: Blob | null): Promise<void> {
        const { client } = this.#session;
        const address = picture === null ? "" : (await client.uploadContent(picture)).content_uri;
        await client.setAvatarUrl(address);
        this.#show(picture);
    }

    /** Let go of the picture. */
    dispose(): void {
        this.#show(null);
    }

    async #fetched(address: string): Promise<Blob | null> {
        const { client } = this.#session;
        const url = client.mxcUrlToHttp(address, PICTURE_SIDE, PICTURE_SIDE, "crop", false, true, true);
        if (url === null) return null;
        const answer = await fetch(url, { headers: { Authorization: `Bearer ${client.getAccessToken()}` } });
        return answer.ok ? answer.blob() : null;
    }

    #show(picture: Blob | null): void {
        const before = this.#profile.value.picture;
        this.#change({ picture: picture === null ? null : URL.createObjectURL(picture) });
        if (before !== null) URL.revokeObjectURL(before);
    }

    #change(change: Partial<OwnProfileState>): void {
        this.#profile.set({ ...this.#profile.value, ...change });
    }
}
