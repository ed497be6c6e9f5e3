/* Films and sounds before they are sent: how long, how large, and a picture of how a film begins. */

import { type Sized, thumbnailOf } from "./pictures.ts";

export type Film = { width: number; height: number; durationMs: number | null; thumbnail: Sized | null };

const PATIENCE_MS = 10_000;
/** Many films begin black. */
const FIRST_LOOK_S = 0.5;

/** Look at a film; null for what this browser cannot play. */
export async function describeFilm(file: Blob): Promise<Film | null> {
    const film = document.createElement("video");
    film.muted = true;
    film.preload = "auto";
    return at(film, file, async () => {
        if (film.videoWidth === 0) return null;
        film.currentTime = Math.min(FIRST_LOOK_S, Number.isFinite(film.duration) ? film.duration / 2 : 0);
        await happens(film, "seeked");
        return {
            width: film.videoWidth,
            height: film.videoHeight,
            durationMs: milliseconds(film.duration),
            thumbnail: await thumbnailOf(film),
        };
    });
}

/** Return how long a sound lasts; null where that cannot be told. */
export async function soundLengthMs(file: Blob): Promise<number | null> {
    const sound = document.createElement("audio");
    return at(sound, file, async () => milliseconds(sound.duration));
}

async function at<Result>(
    player: HTMLMediaElement,
    file: Blob,
    look: () => Promise<Result | null>,
): Promise<Result | null> {
    const url = URL.createObjectURL(file);
    try {
        player.src = url;
        await happens(player, "loadeddata");
        return await look();
    } catch {
        return null;
    } finally {
        player.removeAttribute("src");
        player.load();
        URL.revokeObjectURL(url);
    }
}

function happens(player: HTMLMediaElement, what: "loadeddata" | "seeked"): Promise<void> {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error("A film took too long.")), PATIENCE_MS);
        player.addEventListener("error", () => reject(new Error("This browser cannot play it.")), { once: true });
        player.addEventListener(what, () => resolve(clearTimeout(timer)), { once: true });
    });
}

function milliseconds(seconds: number): number | null {
    return Number.isFinite(seconds) ? Math.round(seconds * 1_000) : null;
}
