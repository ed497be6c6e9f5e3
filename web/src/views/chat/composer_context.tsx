/* What stands above the field: what is answered or edited, what to think about, and what did not work. */

import { X } from "lucide-react";

import { Button, IconButton } from "../../design/button.tsx";
import { composerWords } from "../../i18n/composer_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Composer } from "../../viewmodels/composer.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./composer.module.css";

/** What is answered or edited, with a way out of it. */
export function Context({ composer }: { composer: Composer }) {
    const { mode } = useViewModel(composer);
    const words = useWords(composerWords);
    if (mode.kind === "new") return null;
    const quoted = mode.kind === "edit" ? mode.before : (mode.to.text ?? words.notText);
    return (
        <div className={css.context}>
            <span>
                <strong>{mode.kind === "edit" ? words.editing : words.replyTo(mode.to.senderName)}</strong>
                <span className={css.quoted}>{quoted}</span>
            </span>
            <IconButton
                label={mode.kind === "edit" ? words.leaveEdit : words.leaveReply}
                onClick={() => composer.leaveMode()}
            >
                <X aria-hidden="true" />
            </IconButton>
        </div>
    );
}

/** What is to be said about the text. */
export function Remarks({ composer }: { composer: Composer }) {
    const { left, failed } = useViewModel(composer);
    const words = useWords(composerWords);
    return (
        <>
            <Thought composer={composer} />
            {left !== null && (
                <p className={left < 0 ? css.wrong : css.said} role="status">
                    {left < 0 ? words.tooLong : words.left(left)}
                </p>
            )}
            {failed && (
                <p className={css.wrong} role="alert">
                    {words.notKept}
                </p>
            )}
        </>
    );
}

/** A warning before something is given away; nothing was sent yet. */
function Thought({ composer }: { composer: Composer }) {
    const { warning } = useViewModel(composer);
    const words = useWords(composerWords);
    if (warning === null) return null;
    const [title, text] =
        warning === "code" ? [words.warnCodeTitle, words.warnCode] : [words.warnNumberTitle, words.warnNumber];
    return (
        <div className={css.warning} role="alert">
            <strong>{title}</strong>
            <p>{text}</p>
            <div className={css.acts}>
                <Button onClick={() => composer.dismissWarning()}>{words.rethink}</Button>
                <Button kind="danger" onClick={() => composer.send({ thoughtAbout: true })}>
                    {words.sendAnyway}
                </Button>
            </div>
        </div>
    );
}
