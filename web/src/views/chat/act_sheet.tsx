/* The sheets of a message's menu: for what asks something before it is done. */

import { lazy, Suspense, useEffect, useState } from "react";

import { Button } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { useWords } from "../../i18n/language.tsx";
import { messageActsWords } from "../../i18n/message_acts_words.ts";
import { reportWords } from "../../i18n/report_words.ts";
import type { Log, LogMessage } from "../../viewmodels/log.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import type { NewSticker } from "../../viewmodels/new_sticker.ts";
import { useMedia } from "../media/media_context.ts";
import { ReportSheet } from "../report_sheet.tsx";
import { StickerForm } from "../stickers/sticker_form.tsx";
import { ForwardSheet } from "./forward_sheet.tsx";
import css from "./message_acts.module.css";
import { Readers } from "./readers.tsx";

const EmojiPicker = lazy(() => import("./emoji_picker.tsx").then(({ EmojiPicker }) => ({ default: EmojiPicker })));

export type SheetKind = "keepSticker" | "react" | "forward" | "info" | "endPoll" | "report" | "remove";

export type OfMessage = { acts: MessageActs; log: Log; message: LogMessage; onClose: () => void };

export function ActSheet({ kind, ...of }: OfMessage & { kind: SheetKind }) {
    switch (kind) {
        case "react":
            return <ReactSheet {...of} />;
        case "forward":
            return (
                <ForwardSheet
                    limit={of.acts.forwardLimit(of.message)}
                    targets={of.acts.targets()}
                    onForward={(roomIds) => void of.acts.forward(of.message, roomIds)}
                    onClose={of.onClose}
                />
            );
        case "keepSticker":
            return <KeepSheet {...of} />;
        case "info":
            return <Readers log={of.log} eventId={of.message.id} onClose={of.onClose} />;
        case "report":
            return <ReportMessage {...of} />;
        case "endPoll":
            return <EndPollSheet {...of} />;
        case "remove":
            return <RemoveSheet {...of} />;
    }
}

function ReactSheet({ acts, message, onClose }: OfMessage) {
    const words = useWords(messageActsWords);
    const pick = (emoji: string) => {
        onClose();
        void acts.react(message, emoji);
    };
    return (
        <Sheet title={words.pickReaction} onClose={onClose}>
            <Suspense>
                <EmojiPicker onPick={pick} />
            </Suspense>
        </Sheet>
    );
}

function KeepSheet({ message: { body }, onClose }: OfMessage) {
    const words = useWords(messageActsWords);
    const media = useMedia();
    // Made in an effect, as what is made has to be disposed of.
    const [sticker, setSticker] = useState<NewSticker | null>(null);
    // biome-ignore lint/correctness/useExhaustiveDependencies: the sticker of one message stays the same
    useEffect(() => {
        if (body.kind === "sticker") setSticker(media.stickers.fromMessage(body));
    }, [media]);
    return sticker && <StickerForm sticker={sticker} title={words.keepSticker} onClose={onClose} />;
}

function ReportMessage({ acts, message, onClose }: OfMessage) {
    const words = useWords(reportWords);
    const report = (reason: string) => acts.report(message, reason);
    return <ReportSheet title={words.message} about={words.messageText} report={report} onClose={onClose} />;
}

function RemoveSheet({ acts, message, onClose }: OfMessage) {
    const words = useWords(messageActsWords);
    const remove = () => {
        onClose();
        void acts.remove(message);
    };
    return (
        <Sheet title={words.removeTitle} onClose={onClose}>
            <p>{words.removeText}</p>
            <div className={css.acts}>
                <Button kind="danger" onClick={remove}>
                    {words.remove}
                </Button>
                <Button onClick={onClose}>{words.keep}</Button>
            </div>
        </Sheet>
    );
}

function EndPollSheet({ acts, message, onClose }: OfMessage) {
    const words = useWords(messageActsWords);
    const end = () => {
        onClose();
        void acts.endPoll(message, words.ended);
    };
    return (
        <Sheet title={words.endTitle} onClose={onClose}>
            <p>{words.endText}</p>
            <div className={css.acts}>
                <Button kind="danger" onClick={end}>
                    {words.endPoll}
                </Button>
                <Button onClick={onClose}>{words.keep}</Button>
            </div>
        </Sheet>
    );
}
