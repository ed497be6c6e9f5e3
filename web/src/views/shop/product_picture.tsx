/* The picture of something that is sold: its place is kept, and what it shows is said beside it. */

import { CloudDownload, ImageOff, Package } from "lucide-react";

import { useWords } from "../../i18n/language.tsx";
import { shopWords } from "../../i18n/shop_words.ts";
import type { MediaBody } from "../../viewmodels/media.ts";
import { useItem, useMedia } from "../media/media_context.ts";
import css from "./product_picture.module.css";

type PictureProps = { picture: MediaBody | null; title: string; large?: boolean };

export function ProductPicture({ picture, title, large = false }: PictureProps) {
    return (
        <div className={css.picture} data-large={large}>
            {picture === null ? <Package aria-hidden="true" /> : <Fetched picture={picture} title={title} />}
        </div>
    );
}

function Fetched({ picture, title }: { picture: MediaBody; title: string }) {
    const words = useWords(shopWords);
    const [state, load] = useItem(picture.source, { auto: !useMedia().sparing });
    if (state.step === "idle") {
        return (
            <button type="button" aria-label={words.load(title)} onClick={load}>
                <CloudDownload aria-hidden="true" />
            </button>
        );
    }
    if (state.step === "ready" && state.type?.startsWith("image/")) return <img src={state.url} alt="" />;
    return state.step === "loading" ? null : <ImageOff aria-hidden="true" />;
}
