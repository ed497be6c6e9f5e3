/* What others see: name and picture are changed here, the user name on the server's pages. */

import { type FormEvent, useRef, useState } from "react";

import { Avatar } from "../../design/avatar.tsx";
import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Banner } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { meWords } from "../../i18n/me_words.ts";
import type { Me } from "../../viewmodels/me.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";
import { Page } from "./page.tsx";
import { PageLink } from "./page_link.tsx";

export function Profile({ me }: { me: Me }) {
    const { handle } = useViewModel(me);
    const words = useWords(meWords);
    return (
        <Page title={words.profile}>
            <Picture me={me} />
            <Name me={me} />
            <div className={css.section}>
                <span>
                    {words.handle}: <strong>{handle === null ? "…" : `@${handle}`}</strong>
                    <br />
                    <span className={css.soft}>{words.handleHint}</span>
                </span>
                <PageLink me={me} act={{ action: "org.matrix.profile" }} title={words.changeHandle} />
            </div>
        </Page>
    );
}

function Picture({ me }: { me: Me }) {
    const { name, picture } = useViewModel(me);
    const words = useWords(meWords);
    const input = useRef<HTMLInputElement>(null);
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<"failed" | "pictureWrong" | null>(null);
    const show = async (chosen: File | null) => {
        setBusy(true);
        setProblem(await me.picture(chosen));
        setBusy(false);
    };
    return (
        <div className={css.section}>
            <div className={css.card}>
                <Avatar id={me.userId} name={name} src={picture ?? undefined} size={96} />
                <span>
                    <span className={css.acts}>
                        <Button busy={busy} onClick={() => input.current?.click()}>
                            {words.picturePick}
                        </Button>
                        {picture !== null && (
                            <Button kind="plain" busy={busy} onClick={() => show(null)}>
                                {words.pictureDrop}
                            </Button>
                        )}
                    </span>
                    <span className={css.soft}>{words.pictureHint}</span>
                </span>
            </div>
            {problem && <Banner kind="danger">{words[problem]}</Banner>}
            <input
                ref={input}
                hidden
                type="file"
                aria-label={words.picturePick}
                accept="image/jpeg,image/png,image/webp"
                onChange={(event) => void show(event.currentTarget.files?.[0] ?? null)}
            />
        </div>
    );
}

function Name({ me }: { me: Me }) {
    const words = useWords(meWords);
    const [name, setName] = useState(me.value.name);
    const [came, setCame] = useState<"saved" | "failed" | null>(null);
    const save = async (event: FormEvent) => {
        event.preventDefault();
        setCame((await me.rename(name)) ? "saved" : "failed");
    };
    return (
        <form className={css.form} onSubmit={save}>
            <TextField
                label={words.name}
                hint={words.nameHint}
                value={name}
                maxLength={100}
                autoComplete="name"
                error={came === "failed" ? words.failed : null}
                onChange={(event) => setName(event.currentTarget.value)}
            />
            <div className={css.acts}>
                <Button kind="main" type="submit">
                    {words.save}
                </Button>
                <span role="status">{came === "saved" && words.saved}</span>
            </div>
        </form>
    );
}
