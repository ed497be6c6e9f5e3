/* The pictures of a chat over the whole screen, one after the other. Arrow keys turn, + and - zoom, Escape closes. */

import { ArrowLeft, ChevronLeft, ChevronRight, Download, ZoomIn, ZoomOut } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from "react";

import { IconButton } from "../../design/button.tsx";
import { closedBy, useModal } from "../../design/modal.ts";
import { useWords } from "../../i18n/language.tsx";
import { mediaWords } from "../../i18n/media_words.ts";
import type { MediaBody } from "../../viewmodels/media.ts";
import type { Row } from "../../viewmodels/rows.ts";
import { FetchState } from "./fetch_state.tsx";
import { useItem } from "./media_context.ts";
import { save } from "./save.ts";
import css from "./viewer.module.css";
import { ViewerContext } from "./viewer_context.ts";

/** Lets the pictures in a chat's rows be opened from anywhere inside. */
export function Gallery({ rows, children }: { rows: readonly Row[]; children: ReactNode }) {
    const [open, setOpen] = useState<string | null>(null);
    const pictures = useMemo(() => picturesIn(rows), [rows]);
    const at = open === null ? -1 : pictures.findIndex(({ source }) => source.id === open);
    const picture = pictures[at];
    return (
        <ViewerContext value={setOpen}>
            {children}
            {picture && (
                <Viewer
                    picture={picture}
                    turn={(by) => setOpen(pictures[at + by]?.source.id ?? open)}
                    first={at === 0}
                    last={at === pictures.length - 1}
                    close={() => setOpen(null)}
                />
            )}
        </ViewerContext>
    );
}

function picturesIn(rows: readonly Row[]): MediaBody[] {
    const bodies = rows.flatMap((row) => (row.kind === "message" ? [row.message.body] : []));
    return bodies.filter((body): body is MediaBody => body.kind === "image");
}

const TURNS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowRight: 1 };
const NEARER: Readonly<Record<string, 1 | -1>> = { "+": 1, "=": 1, "-": -1 };
const ZOOMS = [1, 1.5, 2, 3, 5] as const;

function Viewer({
    picture,
    turn,
    first,
    last,
    close,
}: {
    picture: MediaBody;
    turn: (by: 1 | -1) => void;
    first: boolean;
    last: boolean;
    close: () => void;
}) {
    const words = useWords(mediaWords);
    const dialog = useRef<HTMLDialogElement>(null);
    const [zoom, setZoom] = useState(0);
    useModal(dialog);
    const [state, load] = useItem(picture.source, { auto: true });
    const move = (by: 1 | -1) => {
        setZoom(0);
        turn(by);
    };
    const nearer = (by: 1 | -1) => setZoom((now) => Math.max(0, Math.min(ZOOMS.length - 1, now + by)));
    const onKey = (event: KeyboardEvent) => {
        event.stopPropagation();
        const turned = TURNS[event.key];
        const zoomed = NEARER[event.key];
        // Where a picture is larger than the screen, arrows move over it.
        if (turned !== undefined && zoom === 0) move(turned);
        if (zoomed !== undefined) nearer(zoomed);
    };
    return (
        <dialog
            ref={dialog}
            className={css.viewer}
            data-scheme="dark"
            aria-label={words.viewer}
            {...closedBy(close)}
            onKeyDown={onKey}
        >
            <div className={css.acts}>
                <IconButton label={words.close} onClick={close}>
                    <ArrowLeft aria-hidden="true" />
                </IconButton>
                <span className={css.name}>{picture.caption || picture.name}</span>
                <IconButton label={words.zoomOut} disabled={zoom === 0} onClick={() => nearer(-1)}>
                    <ZoomOut aria-hidden="true" />
                </IconButton>
                <IconButton label={words.zoomIn} disabled={zoom === ZOOMS.length - 1} onClick={() => nearer(1)}>
                    <ZoomIn aria-hidden="true" />
                </IconButton>
                <IconButton
                    label={words.save}
                    disabled={state.step !== "ready"}
                    onClick={() => state.step === "ready" && save(state.url, picture.name)}
                >
                    <Download aria-hidden="true" />
                </IconButton>
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who moves over a picture with the keyboard needs to get here */}
            <div className={css.stage} role="group" aria-label={picture.name} tabIndex={0}>
                {state.step !== "ready" ? (
                    <FetchState state={state} size={picture.source.size} load={load} />
                ) : state.type?.startsWith("image/") ? (
                    <img
                        src={state.url}
                        alt={words.photo(picture.caption || picture.name)}
                        data-zoomed={zoom > 0}
                        style={{ "--zoom": ZOOMS[zoom] } as React.CSSProperties}
                        onDoubleClick={() => setZoom(zoom === 0 ? 2 : 0)}
                    />
                ) : (
                    <p>{words.onlySaved}</p>
                )}
            </div>
            <div className={css.turns}>
                <IconButton label={words.previous} disabled={first} onClick={() => move(-1)}>
                    <ChevronLeft aria-hidden="true" />
                </IconButton>
                <IconButton label={words.next} disabled={last} onClick={() => move(1)}>
                    <ChevronRight aria-hidden="true" />
                </IconButton>
            </div>
        </dialog>
    );
}
