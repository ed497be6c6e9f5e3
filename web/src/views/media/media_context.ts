/* How views of files reach what fetches and sends them, and the chat they stand in. */

import { createContext, use, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";

import type { Media, MediaSource } from "../../viewmodels/media.ts";
import type { MediaItem, MediaItemState } from "../../viewmodels/media_item.ts";

export const MediaContext = createContext<Media | null>(null);

/** Return what fetches and sends files. */
export function useMedia(): Media {
    const media = use(MediaContext);
    if (media === null) throw new Error("Views of files stand inside a MediaContext.");
    return media;
}

/** Follow a file while it is shown; `auto` fetches it without being asked. The returned function fetches it. */
export function useItem(source: MediaSource, { auto }: { auto: boolean }): [MediaItemState, () => void] {
    const media = useMedia();
    const [item, setItem] = useState<MediaItem | null>(null);
    const newest = useRef(source);
    newest.current = source;
    // Before the first paint, so that what is here already is shown at once and nothing flickers.
    // biome-ignore lint/correctness/useExhaustiveDependencies: a source that says the same is the same
    useLayoutEffect(() => {
        const shown = media.show(newest.current);
        if (auto) void shown.load();
        setItem(shown);
        return () => shown.dispose();
    }, [media, source.id, source.url, auto]);
    const state = useSyncExternalStore(item?.subscribe ?? never, () => item?.value.state ?? IDLE);
    return [state, () => void item?.load()];
}

/** Follow how much of a message's file has gone; null if it is not being sent. */
export function useFraction(key: string): number | null {
    const { fractions } = useMedia();
    return useSyncExternalStore(
        (listener) => fractions.subscribe(listener),
        () => fractions.value.get(key) ?? null,
    );
}

const IDLE: MediaItemState = { step: "idle" };
const never = () => () => {};
