/* The app: one screen for each of its great states. */

import { lazy, Suspense } from "react";

import { Button } from "../design/button.tsx";
import { Empty, Skeleton } from "../design/states.tsx";
import { appWords } from "../i18n/app_words.ts";
import { useWords } from "../i18n/language.tsx";
import type { App, AppState } from "../viewmodels/app.ts";
import css from "./app.module.css";
import { RehearsalNote } from "./rehearsal.tsx";
import { useViewModel } from "./use_view_model.ts";
import { Welcome } from "./welcome.tsx";

const HomeView = lazy(() => import("./home.tsx").then(({ HomeView }) => ({ default: HomeView })));
const LinkInView = lazy(() => import("./linking/linking.tsx").then(({ LinkInView }) => ({ default: LinkInView })));
const UnlockView = lazy(() => import("./unlock.tsx").then(({ UnlockView }) => ({ default: UnlockView })));

export function AppView({ app }: { app: App }) {
    const { state, rehearsal } = useViewModel(app);
    const words = useWords(appWords);
    return (
        <div className={css.app}>
            {rehearsal && <RehearsalNote rehearsal={rehearsal} screen={state.screen} />}
            <div className={css.screen}>
                <Suspense fallback={<Skeleton label={words.starting} />}>
                    <Screen app={app} state={state} />
                </Suspense>
            </div>
        </div>
    );
}

function Screen({ app, state }: { app: App; state: AppState }) {
    const words = useWords(appWords);
    switch (state.screen) {
        case "starting":
            return <Skeleton label={words.starting} />;
        case "welcome":
            return (
                <Welcome
                    problem={state.problem}
                    busy={state.busy}
                    signIn={(how) => app.signIn(how)}
                    link={() => app.link()}
                />
            );
        case "elsewhere":
            return (
                <Empty title={words.elsewhereTitle}>
                    <p>{words.elsewhere}</p>
                    <Button kind="main" onClick={() => app.takeOver()}>
                        {words.useHere}
                    </Button>
                </Empty>
            );
        case "ended":
            return (
                <Empty title={words.endedTitle}>
                    <p>{words.ended}</p>
                    <Button kind="main" onClick={() => app.signIn({ fresh: false })}>
                        {words.signInAgain}
                    </Button>
                </Empty>
            );
        case "unlock":
            return <UnlockView unlock={state.unlock} />;
        case "link":
            return <LinkInView link={state.link} />;
        case "home":
            return <HomeView home={state.home} />;
    }
}
