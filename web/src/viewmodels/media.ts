/* Everything about files in chats: showing those that came, and sending one's own. Lives as long as the session. */

import { Attachments } from "../matrix/media/attachments.ts";
import { type LocationBody, type MediaBody, type MediaSource, readLocation } from "../matrix/media/media_body.ts";
import { locationContent } from "../matrix/media/media_content.ts";
import { Stickers } from "../matrix/media/stickers.ts";
import { Uploads } from "../matrix/media/uploads.ts";
import { FORWARDED, type ForwardMedia } from "../matrix/sending/forwarding.ts";
import type { Outbox } from "../matrix/sending/outbox.ts";
import { standing, type Where } from "../matrix/sending/written.ts";
import type { Session } from "../matrix/session/session.ts";
import { answering } from "../matrix/timeline/menus.ts";
import { shouldSaveData } from "../platform/connection_cost.ts";
import type { Followed } from "../platform/observable.ts";
import { type Place, whereAmI } from "../platform/place.ts";
import { Attaching } from "./attaching.ts";
import { MediaItem } from "./media_item.ts";
import { StickerShelf } from "./sticker_shelf.ts";
import { ViewModel } from "./view_model.ts";
import { VoiceRecorder } from "./voice_note.ts";

export type { LocationBody, MediaBody, MediaSource, Place, Where };

export type MediaState = {
    /** Files that wait for a person's last look, and the chat they are for. */
    attaching: { where: Where; files: Attaching } | null;
};

export class Media extends ViewModel<MediaState> {
    readonly attachments: Attachments;
    readonly uploads: Uploads;
    readonly stickers: StickerShelf;
    readonly #outbox: Outbox;

    constructor(session: Session, outbox: Outbox) {
        super({ attaching: null });
        this.#outbox = outbox;
        this.attachments = new Attachments(session);
        this.uploads = new Uploads(this.attachments, outbox);
        const stickers = new Stickers(session, this);
        this.stickers = new StickerShelf(stickers, this.attachments);
        this.own(() => this.stickers.dispose());
        this.own(() => this.uploads.dispose());
        this.own(() => this.attachments.close());
        this.own(() => this.value.attaching?.files.dispose());
    }

    /** How much of each upload that is under way has gone, by the message's key. */
    get fractions(): Followed<ReadonlyMap<string, number>> {
        return this.uploads.fractions;
    }

    /** Whether pictures wait until somebody asks for them. */
    get sparing(): boolean {
        return shouldSaveData();
    }

    /** Show a file; whoever calls it disposes of what is returned. */
    show(source: MediaSource): MediaItem {
        return new MediaItem(this.attachments, source);
    }

    /** Let a person look at files before they go into a chat; more of them join those that are looked at. */
    async attach(where: Where, files: readonly File[]): Promise<void> {
        if (files.length === 0) return;
        const open = this.value.attaching;
        const attaching = open?.where === where ? open.files : this.#begin(where);
        await attaching.add(files);
    }

    /** Record into a chat; whoever calls it disposes of what is returned. */
    voice(where: Where): VoiceRecorder {
        return new VoiceRecorder(where, this.uploads);
    }

    /** Return where this device is; throws where nobody may know. */
    locate(): Promise<Place> {
        return whereAmI();
    }

    async sendPlace(where: Where, place: Place): Promise<void> {
        const answers = where.answers === undefined ? {} : answering(where.answers);
        const content = { ...locationContent(place, Date.now()), ...answers, ...standing(where.place) };
        await this.#outbox.add(where.roomId, { type: "m.room.message", content });
        where.answered();
    }

    /** Pass a file or a place on, with how often that was done before. */
    readonly forward: ForwardMedia = async (content, { roomId, depth }) => {
        const extra = { [FORWARDED]: { depth }, "m.mentions": {} };
        const place = readLocation(content);
        if (place === null) return this.uploads.forward(roomId, content, extra);
        await this.#outbox.add(roomId, {
            type: "m.room.message",
            content: { ...locationContent(place, Date.now()), ...extra },
        });
    };

    /** Stop a file that is being sent. */
    async cancel(key: string): Promise<void> {
        await this.uploads.cancel(key);
    }

    #begin(where: Where): Attaching {
        this.value.attaching?.files.dispose();
        const files = new Attaching({ where, uploads: this.uploads, done: () => this.update({ attaching: null }) });
        this.update({ attaching: { where, files } });
        return files;
    }
}
