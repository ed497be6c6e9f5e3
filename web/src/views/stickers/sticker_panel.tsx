/* One's own stickers, to send one, to make one, and to take some out. */

import { ImagePlus, Pencil } from "lucide-react";
import { useRef, useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { useWords } from "../../i18n/language.tsx";
import { stickerWords } from "../../i18n/sticker_words.ts";
import type { Where } from "../../viewmodels/media.ts";
import type { NewSticker } from "../../viewmodels/new_sticker.ts";
import type { Sticker } from "../../viewmodels/sticker_shelf.ts";
import { moveInGrid } from "../chat/grid_keys.ts";
import { useItem, useMedia } from "../media/media_context.ts";
import { useViewModel } from "../use_view_model.ts";
import { StickerForm } from "./sticker_form.tsx";
import css from "./stickers.module.css";

export function StickerPanel({ where, onSent }: { where: Where; onSent: () => void }) {
    const words = useWords(stickerWords);
    const shelf = useMedia().stickers;
    const { stickers, failed } = useViewModel(shelf);
    const [removing, setRemoving] = useState(false);
    const [making, setMaking] = useState<NewSticker | null>(null);
    const pick = async (sticker: Sticker) => {
        if (removing) await shelf.remove(sticker);
        else if (await shelf.send(where, sticker)) onSent();
    };
    return (
        <div className={css.panel}>
            {stickers.length === 0 && <p className={css.none}>{words.none}</p>}
            <div className={css.acts}>
                <MakeButton worded={stickers.length === 0} onPicture={(file) => setMaking(shelf.fromPicture(file))} />
                {stickers.length > 0 && (
                    <IconButton label={words.change} aria-pressed={removing} onClick={() => setRemoving(!removing)}>
                        <Pencil aria-hidden="true" />
                    </IconButton>
                )}
                {removing && <span role="status">{words.removing}</span>}
            </div>
            {failed && (
                <p className={css.failed} role="alert">
                    {words.failed}
                </p>
            )}
            {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move among the buttons */}
            <div className={css.grid} onKeyDown={moveInGrid}>
                {stickers.map((sticker, index) => (
                    <Tile
                        key={sticker.id}
                        sticker={sticker}
                        label={removing ? words.remove(sticker.body.name) : sticker.body.name}
                        removing={removing}
                        first={index === 0}
                        onPick={() => void pick(sticker)}
                    />
                ))}
            </div>
            {making && <StickerForm sticker={making} title={words.make} onClose={() => setMaking(null)} />}
        </div>
    );
}

function MakeButton({ worded, onPicture }: { worded: boolean; onPicture: (file: File) => void }) {
    const words = useWords(stickerWords);
    const input = useRef<HTMLInputElement>(null);
    return (
        <>
            {worded ? (
                <Button onClick={() => input.current?.click()}>
                    <ImagePlus aria-hidden="true" />
                    {words.make}
                </Button>
            ) : (
                <IconButton label={words.make} onClick={() => input.current?.click()}>
                    <ImagePlus aria-hidden="true" />
                </IconButton>
            )}
            <input
                ref={input}
                type="file"
                hidden
                aria-label={words.make}
                accept="image/*"
                onChange={({ currentTarget }) => {
                    const file = currentTarget.files?.[0];
                    if (file !== undefined) onPicture(file);
                    // The same picture may be chosen again.
                    currentTarget.value = "";
                }}
            />
        </>
    );
}

type TileProps = { sticker: Sticker; label: string; removing: boolean; first: boolean; onPick: () => void };

function Tile({ sticker: { body }, label, removing, first, onPick }: TileProps) {
    const [state] = useItem(body.source, { auto: true });
    return (
        <button
            type="button"
            className={css.tile}
            data-removing={removing}
            aria-label={label}
            title={label}
            tabIndex={first ? 0 : -1}
            onClick={onPick}
        >
            {state.step === "ready" && state.type?.startsWith("image/") ? (
                <img src={state.url} alt="" />
            ) : (
                <span className={css.name}>{body.name}</span>
            )}
        </button>
    );
}
