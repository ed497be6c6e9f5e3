/* Me: the account, its devices, and what can be set. */

import { Button } from "../../design/button.tsx";
import { useWords } from "../../i18n/language.tsx";
import { meWords } from "../../i18n/me_words.ts";
import type { Home } from "../../viewmodels/home.ts";
import css from "./me.module.css";

export function MeView({ home }: { home: Home }) {
    const words = useWords(meWords);
    return (
        <div className={css.me}>
            <h1>{words.title}</h1>
            <a href="/_amanat/account/">{words.account}</a>
            <Button kind="danger" onClick={() => home.signOut()}>
                {words.signOut}
            </Button>
        </div>
    );
}
