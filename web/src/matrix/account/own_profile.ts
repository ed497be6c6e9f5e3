/* What others see of oneself: name, picture and handle. The server shows all three to whoever may find one. */

import { type Followed, Observable } from "../../platform/observable.ts";
import { type Picture, publicPicture } from "../rooms/pictures.ts";
import type { Session } from "../session/session.ts";

export type OwnProfileState = { name: string; handle: string | null; picture: Picture | null };

const HANDLE = "id.amanat.handle";

export class OwnProfile {
    readonly #session: Session;
    readonly #profile: Observable<OwnProfileState>;

    constructor(session: Session) {
        this.#session = session;
        // What the last sync told, until the server answers.
        const known = session.client.getUser(session.userId);
        this.#profile = new Observable<OwnProfileState>({
            name: known?.rawDisplayName ?? "",
            handle: null,
            picture: publicPicture(known?.avatarUrl),
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
            picture: publicPicture(picture),
        });
    }

    async rename(name: string): Promise<void> {
        await this.#session.client.setDisplayName(name);
        this.#change({ name });
    }

    /** Upload a picture and show it to others; null takes it away. */
    async picture(picture: Blob | null): Promise<void> {
        const { client } = this.#session;
        const address =
            picture === null ? "" : (await client.uploadContent(picture, { includeFilename: false })).content_uri;
        await client.setAvatarUrl(address);
        this.#change({ picture: publicPicture(address) });
    }

    #change(change: Partial<OwnProfileState>): void {
        this.#profile.set({ ...this.#profile.value, ...change });
    }
}
