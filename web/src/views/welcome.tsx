/* The first screen of somebody who is not signed in. */

import { Button } from "../design/button.tsx";
import { Banner } from "../design/states.tsx";
import { appWords } from "../i18n/app_words.ts";
import { useWords } from "../i18n/language.tsx";
import type { SignInProblem } from "../viewmodels/app_state.ts";
import css from "./welcome.module.css";

export function Welcome({
    problem,
    busy,
    signIn,
    link,
}: {
    problem: SignInProblem | null;
    busy: boolean;
    signIn: (how: { fresh: boolean }) => void;
    link: () => void;
}) {
    const words = useWords(appWords);
    return (
        <main className={css.welcome}>
            <img className={css.mark} src="/icon.svg" alt="" width="80" height="80" />
            <h1>{words.name}</h1>
            <p className={css.promise}>{words.promise}</p>
            <p className={css.more}>{words.promiseMore}</p>
            {problem && <Banner kind={problem === "denied" ? "info" : "danger"}>{words[problem]}</Banner>}
            <Button kind="main" wide busy={busy} onClick={() => signIn({ fresh: true })}>
                {words.signUp}
            </Button>
            <Button wide busy={busy} onClick={() => signIn({ fresh: false })}>
                {words.signIn}
            </Button>
            <Button kind="plain" wide busy={busy} onClick={link}>
                {words.link}
            </Button>
            <a href="/_amanat/server">{words.about}</a>
        </main>
    );
}
