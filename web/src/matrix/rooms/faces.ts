/* Pictures of people and groups while something shows them. Small ones of the size that is shown are asked for, and so
 * many stay in memory that a list can be scrolled; a picture that cannot be had is asked for once in a session. */

import { BlobShelf, type HeldBlob } from "../../platform/blob_shelf.ts";
import type { Stop } from "../../platform/observable.ts";
import { asFetchFailed, download, FetchFailed, opened, renewing } from "../media/downloads.ts";
import type { Session } from "../session/session.ts";
import type { Picture } from "./pictures.ts";

/** Some hundreds of them. */
const SHELF_BYTES = 6 * 1024 * 1024;
/** The largest is 96 pixels wide, on screens that draw two dots for a pixel. */
const SIDE = 192;
/** What somebody calls their picture may be anything; more than this is not kept for it. */
const MAX_BYTES = 2 * 1024 * 1024;

export class Faces {
    readonly #session: Session;
    readonly #shelf = new BlobShelf(SHELF_BYTES);
    readonly #coming = new Map<string, Promise<void>>();
    readonly #missing = new Set<string>();

    constructor(session: Session) {
        this.#session = session;
    }

    /** Show a picture until the returned function is called: `look` is told its address, at once if it is here. */
    show(picture: Picture, look: (address: string) => void): Stop {
        let held: HeldBlob | null = null;
        let over = false;
        const hold = () => {
            if (over) return;
            held = this.#shelf.hold(picture.id);
            if (held?.type?.startsWith("image/")) look(held.url);
        };
        hold();
        if (held === null) void this.#bring(picture).then(hold);
        return () => {
            over = true;
            held?.letGo();
        };
    }

    /** Let go of every picture. */
    close(): void {
        this.#shelf.clear();
    }

    /** Fetch what is not here, once for all who want it. */
    #bring(picture: Picture): Promise<void> {
        const { id } = picture;
        if (this.#missing.has(id)) return Promise.resolve();
        const coming = this.#coming.get(id) ?? this.#fetch(picture).finally(() => this.#coming.delete(id));
        this.#coming.set(id, coming);
        return coming;
    }

    async #fetch({ id, url: mxc, lock, size }: Picture): Promise<void> {
        // Of what is encrypted the server can make no smaller one.
        const wanted = lock === null ? { mxc, side: SIDE } : { mxc, size };
        try {
            const bytes = await renewing(this.#session, () => download(this.#session, wanted)).catch(asFetchFailed);
            if (bytes.byteLength > MAX_BYTES) throw new FetchFailed("broken");
            await this.#shelf.put(id, lock === null ? new Blob([bytes]) : await opened(lock, bytes));
        } catch (error) {
            // Initials stand for it; a network that failed is tried when it is shown again.
            if (!(error instanceof FetchFailed) || error.problem !== "unreachable") this.#missing.add(id);
        }
    }
}
