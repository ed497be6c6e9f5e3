/* Where one is, shown before it is sent: once, and not followed. */

import { useEffect, useState } from "react";

import { Button } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Banner, Skeleton } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { mediaWords } from "../../i18n/media_words.ts";
import type { Place, Where } from "../../viewmodels/media.ts";
import { useMedia } from "./media_context.ts";

export function PlaceSheet({ where, onClose }: { where: Where; onClose: () => void }) {
    const words = useWords(mediaWords);
    const media = useMedia();
    const [place, setPlace] = useState<Place | "looking" | "failed">("looking");
    useEffect(() => {
        let asked = true;
        const show = (found: Place | "failed") => asked && setPlace(found);
        media.locate().then(show, () => show("failed"));
        return () => {
            asked = false;
        };
    }, [media]);
    const send = (found: Place) => {
        void media.sendPlace(where, found);
        onClose();
    };
    return (
        <Sheet title={words.placeTitle} onClose={onClose}>
            {place === "looking" ? (
                <Skeleton label={words.placeWait} rows={2} />
            ) : place === "failed" ? (
                <Banner kind="warning">{words.placeFailed}</Banner>
            ) : (
                <>
                    <p>
                        {place.latitude}, {place.longitude}
                        <br />
                        {place.accuracyM !== null && words.accurate(place.accuracyM)}
                    </p>
                    <p>{words.placeHint}</p>
                    <Button kind="main" wide onClick={() => send(place)}>
                        {words.send}
                    </Button>
                </>
            )}
        </Sheet>
    );
}
