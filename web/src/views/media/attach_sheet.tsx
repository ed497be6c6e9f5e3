/* The last look at files before they are sent. */

import { FileText, X } from "lucide-react";
import type { FormEvent } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { Switch, TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Banner } from "../../design/states.tsx";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { mediaWords } from "../../i18n/media_words.ts";
import { sizeOf } from "../../i18n/numbers.ts";
import type { Attaching, Chosen } from "../../viewmodels/attaching.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./attach.module.css";

export function AttachSheet({ attaching }: { attaching: Attaching }) {
    const { files, caption, asFile, busy, failed } = useViewModel(attaching);
    const words = useWords(mediaWords);
    const pictures = files.filter(({ url }) => url !== null);
    const others = files.filter(({ url }) => url === null);
    const send = (event: FormEvent) => {
        event.preventDefault();
        void attaching.send();
    };
    return (
        <Sheet title={others.length === 0 ? words.photoTitle : words.lookTitle} onClose={() => attaching.close()}>
            <form className={css.look} onSubmit={send}>
                {failed && <Banner kind="danger">{words.attachFailed}</Banner>}
                <div className={css.files}>
                    {pictures.length > 0 && (
                        <ul className={css.pictures}>
                            {pictures.map((file) => (
                                <Picture key={file.key} file={file} remove={() => attaching.remove(file.key)} />
                            ))}
                        </ul>
                    )}
                    {others.length > 0 && (
                        <ul>
                            {others.map((file) => (
                                <Named key={file.key} file={file} remove={() => attaching.remove(file.key)} />
                            ))}
                        </ul>
                    )}
                </div>
                <TextField
                    label={words.caption}
                    value={caption}
                    autoComplete="off"
                    onChange={(event) => attaching.write(event.currentTarget.value)}
                />
                {pictures.length > 0 && (
                    <Switch
                        label={words.asFile}
                        hint={words.asFileHint}
                        checked={asFile}
                        onChange={(checked) => attaching.sendAsFile(checked)}
                    />
                )}
                <Button kind="main" wide type="submit" busy={busy} disabled={files.length === 0}>
                    {words.send}
                </Button>
            </form>
        </Sheet>
    );
}

type Given = { file: Chosen; remove: () => void };

/** What one sees says which picture it is, better than the name that a camera gave it. */
function Picture({ file: { name, url }, remove }: Given) {
    const words = useWords(mediaWords);
    return (
        <li className={css.picture}>
            <img src={url ?? undefined} alt={name} />
            <span className={css.out}>
                <IconButton label={words.remove(name)} onClick={remove}>
                    <X aria-hidden="true" />
                </IconButton>
            </span>
        </li>
    );
}

function Named({ file: { name, bytes }, remove }: Given) {
    const words = useWords(mediaWords);
    const language = useLanguage();
    return (
        <li className={css.chosen}>
            <FileText aria-hidden="true" />
            <span className={css.name}>
                {name}
                <small>{sizeOf(bytes, language)}</small>
            </span>
            <IconButton label={words.remove(name)} onClick={remove}>
                <X aria-hidden="true" />
            </IconButton>
        </li>
    );
}
