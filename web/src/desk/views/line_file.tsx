/* What somebody sent beside words: shown when it is asked for, since each look stands in the trail; or saved. */

import { Download, Eye, Play } from "lucide-react";

import { Button } from "../../design/button.tsx";
import { deskInboxWords } from "../../i18n/desk_inbox_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { sizeOf } from "../../i18n/numbers.ts";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Conversation, Line, LineFile } from "../viewmodels/conversation.ts";
import type { OpenFile } from "../viewmodels/line_files.ts";
import css from "./line_file.module.css";
import { useTroubleText } from "./trouble_text.ts";

/** What can be seen or heard in its place; every other kind is a file to be saved. */
const SHOWN = ["picture", "voice", "video", "sticker"] as const;
type Shown = (typeof SHOWN)[number];
const ASKED_BY = { picture: "look", voice: "listen", video: "play", sticker: "look" } as const;

export function LineFileView({ conversation, line, file }: { conversation: Conversation; line: Line; file: LineFile }) {
    const words = useWords(deskInboxWords);
    const language = useLanguage();
    const open = useViewModel(conversation.files).files.get(line.position);
    const kind = SHOWN.find((each) => each === line.kind);
    const size = file.size > 0 ? sizeOf(file.size, language) : "";
    return (
        <div className={css.file}>
            {open?.state === "shown" && (
                <Medium open={open} isVoice={kind === "voice"} name={file.name || words.file} />
            )}
            <span className={css.name}>{file.name || words.file}</span>
            <span className={css.soft}>{[kind && words[kind], size].filter(Boolean).join(" · ")}</span>
            {file.too_large ? <span>{words.tooLarge}</span> : <Acts {...{ conversation, line, open, kind, file }} />}
        </div>
    );
}

function Acts({
    conversation: { files },
    line: { position },
    open,
    kind,
    file,
}: {
    conversation: Conversation;
    line: Line;
    open: OpenFile | undefined;
    kind: Shown | undefined;
    file: LineFile;
}) {
    const words = useWords(deskInboxWords);
    const troubleText = useTroubleText();
    const Icon = kind === "voice" || kind === "video" ? Play : Eye;
    const isShown = open?.state === "shown" && open.type !== null;
    return (
        <>
            {open?.state === "failed" && <span role="status">{troubleText(open.trouble)}</span>}
            {open?.state === "shown" && open.type === null && <span role="status">{words.notShown}</span>}
            <span className={css.acts}>
                {kind !== undefined && open?.state !== "shown" && (
                    <Button busy={open?.state === "coming"} onClick={() => void files.show(position)}>
                        <Icon aria-hidden="true" /> {words[ASKED_BY[kind]]}
                    </Button>
                )}
                <a
                    className={css.save}
                    href={files.address(position)}
                    download={file.name}
                    data-alone={kind === undefined || isShown}
                >
                    <Download aria-hidden="true" /> {words.save}
                </a>
            </span>
        </>
    );
}

/** Shown as what its bytes say that it is. */
function Medium({
    open: { url, type },
    isVoice,
    name,
}: {
    open: OpenFile & { state: "shown" };
    isVoice: boolean;
    name: string;
}) {
    // A recorder's sound lies in the same wrapping as a film.
    const medium = type === null ? null : isVoice ? "audio" : type.split("/")[0];
    if (medium === "image") return <img className={css.picture} src={url} alt={name} />;
    // biome-ignore lint/a11y/useMediaCaption: what somebody said or filmed has no captions
    if (medium === "audio") return <audio className={css.sound} src={url} aria-label={name} controls autoPlay />;
    // biome-ignore lint/a11y/useMediaCaption: what somebody said or filmed has no captions
    if (medium === "video") return <video className={css.picture} src={url} aria-label={name} controls />;
    return null;
}
