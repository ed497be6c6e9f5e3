/* A sheet over the screen: a modal dialog that Escape, a tap beside it and its cross close; focus returns. */

import { X } from "lucide-react";
import { type ReactNode, useId, useRef } from "react";

import { designWords } from "../i18n/design_words.ts";
import { useWords } from "../i18n/language.tsx";
import { IconButton } from "./button.tsx";
import { closedBy, useModal } from "./modal.ts";
import css from "./sheet.module.css";

/** Show its children until it is closed; the owner then stops rendering it. */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
    const words = useWords(designWords);
    const dialog = useRef<HTMLDialogElement>(null);
    const heading = useId();
    useModal(dialog);
    return (
        <dialog
            ref={dialog}
            className={css.sheet}
            aria-labelledby={heading}
            {...closedBy(onClose)}
            onClick={(event) => event.target === dialog.current && onClose()}
            onKeyDown={(event) => event.stopPropagation()}
        >
            <div className={css.head}>
                <h2 id={heading}>{title}</h2>
                <IconButton label={words.close} onClick={onClose}>
                    <X aria-hidden="true" />
                </IconButton>
            </div>
            <div className={css.body}>{children}</div>
        </dialog>
    );
}
