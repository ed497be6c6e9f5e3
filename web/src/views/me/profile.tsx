/* What others see: name and picture are changed here, the user name on the server's pages. */

import { type FormEvent, useState } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { useWords } from "../../i18n/language.tsx";
import { meWords } from "../../i18n/me_words.ts";
import { pictureWords } from "../../i18n/picture_words.ts";
import type { Me } from "../../viewmodels/me.ts";
import { PicturePick } from "../picture_pick.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";
import { Page } from "./page.tsx";
import { PageLink } from "./page_link.tsx";

export function Profile({ me }: { me: Me }) {
    const { name, handle, picture } = useViewModel(me);
    const words = useWords(meWords);
    const { mine } = useWords(pictureWords);
    return (
        <Page title={words.profile}>
            <PicturePick
                picture={picture}
                id={me.userId}
                name={name}
                hint={mine}
                show={(chosen) => me.picture(chosen)}
            />
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

function Name({ me }: { me: Me }) {
    const words = useWords(meWords);
    const { name } = useViewModel(me);
    const [typed, setTyped] = useState<string | null>(null);
    const [came, setCame] = useState<"saved" | "failed" | null>(null);
    const save = async (event: FormEvent) => {
        event.preventDefault();
        setCame((await me.rename(typed ?? name)) ? "saved" : "failed");
    };
    return (
        <form className={css.form} onSubmit={save}>
            <TextField
                label={words.name}
                hint={words.nameHint}
                value={typed ?? name}
                maxLength={100}
                autoComplete="name"
                error={came === "failed" ? words.failed : null}
                onChange={(event) => setTyped(event.currentTarget.value)}
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
