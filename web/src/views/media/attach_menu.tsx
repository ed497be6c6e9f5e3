/* What can be sent besides words, and the files that are dropped on the app or pasted into it. */

import { Camera, ChartNoAxesColumn, FileText, Image, type LucideIcon, MapPin, Paperclip } from "lucide-react";
import { type ChangeEvent, useEffect, useRef, useState } from "react";

import { IconButton } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { useWords } from "../../i18n/language.tsx";
import { mediaWords } from "../../i18n/media_words.ts";
import type { Where } from "../../viewmodels/media.ts";
import css from "./attach.module.css";
import { useMedia } from "./media_context.ts";
import { PlaceSheet } from "./place_sheet.tsx";

/** Stands in the composer of a chat. `outside`: what is dropped or pasted anywhere goes there. */
export function AttachMenu({
    where,
    outside = false,
    makePoll,
}: {
    where: Where;
    outside?: boolean;
    makePoll: () => void;
}) {
    const words = useWords(mediaWords);
    const media = useMedia();
    const [open, setOpen] = useState<"menu" | "place" | null>(null);
    const attach = (files: readonly File[]) => void media.attach(where, files);
    const dropping = useFilesFromOutside(outside ? attach : null);
    const close = () => setOpen(null);
    return (
        <>
            <IconButton label={words.attach} onClick={() => setOpen("menu")}>
                <Paperclip aria-hidden="true" />
            </IconButton>
            {open === "menu" && (
                <Sheet title={words.attachTitle} onClose={close}>
                    <div className={css.ways}>
                        <Pick
                            label={words.photos}
                            accept="image/*,video/*"
                            onFiles={attach}
                            done={close}
                            icon={Image}
                        />
                        <Pick
                            label={words.camera}
                            accept="image/*"
                            capture
                            onFiles={attach}
                            done={close}
                            icon={Camera}
                        />
                        <Pick label={words.file} onFiles={attach} done={close} icon={FileText} />
                        <Way label={words.place} icon={MapPin} onClick={() => setOpen("place")} />
                        <Way
                            label={words.poll}
                            icon={ChartNoAxesColumn}
                            onClick={() => {
                                close();
                                makePoll();
                            }}
                        />
                    </div>
                </Sheet>
            )}
            {open === "place" && <PlaceSheet where={where} onClose={close} />}
            {dropping && <div className={css.drop}>{words.drop}</div>}
        </>
    );
}

/** One thing to send, as a picture with its name below. */
function Way({ label, icon: Icon, onClick }: { label: string; icon: LucideIcon; onClick: () => void }) {
    return (
        <button type="button" className={css.way} onClick={onClick}>
            <span>
                <Icon aria-hidden="true" />
            </span>
            {label}
        </button>
    );
}

/** A button that lets somebody choose files. */
function Pick({
    label,
    accept,
    capture = false,
    onFiles,
    done,
    icon,
}: {
    label: string;
    accept?: string;
    /** Take a picture now rather than choose one. */
    capture?: boolean;
    onFiles: (files: readonly File[]) => void;
    done: () => void;
    icon: LucideIcon;
}) {
    const input = useRef<HTMLInputElement>(null);
    const chosen = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
        onFiles([...(currentTarget.files ?? [])]);
        done();
    };
    return (
        <>
            <Way label={label} icon={icon} onClick={() => input.current?.click()} />
            <input
                ref={input}
                type="file"
                hidden
                aria-label={label}
                accept={accept}
                multiple={!capture}
                capture={capture ? "environment" : undefined}
                onChange={chosen}
            />
        </>
    );
}

/** Take files that are pasted or dropped anywhere while a chat is open; say whether some hang over it. */
function useFilesFromOutside(attach: ((files: readonly File[]) => void) | null): boolean {
    const [over, setOver] = useState(false);
    const newest = useRef(attach);
    newest.current = attach;
    const listens = attach !== null;
    useEffect(() => {
        if (!listens) return;
        const take = (event: ClipboardEvent | DragEvent) => {
            setOver(false);
            const data = "clipboardData" in event ? event.clipboardData : event.dataTransfer;
            const files = [...(data?.files ?? [])];
            if (files.length === 0 || event.defaultPrevented) return;
            event.preventDefault();
            newest.current?.(files);
        };
        const hover = (event: DragEvent) => {
            if (!event.dataTransfer?.types.includes("Files")) return;
            // Otherwise the browser would leave the app and open the file.
            event.preventDefault();
            setOver(true);
        };
        const leave = ({ relatedTarget }: DragEvent) => relatedTarget === null && setOver(false);
        document.addEventListener("paste", take);
        document.addEventListener("drop", take);
        document.addEventListener("dragover", hover);
        document.addEventListener("dragleave", leave);
        return () => {
            document.removeEventListener("paste", take);
            document.removeEventListener("drop", take);
            document.removeEventListener("dragover", hover);
            document.removeEventListener("dragleave", leave);
        };
    }, [listens]);
    return over;
}
