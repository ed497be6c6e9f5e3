/* The app: one screen for each of its great states. */

import { lazy, type ReactNode, Suspense } from "react";

import { Button } from "../design/button.tsx";
import { Banner, Skeleton } from "../design/states.tsx";
import { appWords } from "../i18n/app_words.ts";
import { useWords } from "../i18n/language.tsx";
import type { App } from "../viewmodels/app.ts";
import type { AppState } from "../viewmodels/app_state.ts";
import css from "./app.module.css";
import { CrashBoundary } from "./crash.tsx";
import { RehearsalNote } from "./rehearsal.tsx";
import { useViewModel } from "./use_view_model.ts";
import { Welcome } from "./welcome.tsx";

const HomeView = lazy(() => import("./home.tsx").then(({ HomeView }) => ({ default: HomeView })));
const LinkInView = lazy(() => import("./linking/linking.tsx").then(({ LinkInView }) => ({ default: LinkInView })));
const Leaving = lazy(() => import("./leaving.tsx").then(({ Leaving }) => ({ default: Leaving })));
const WakingView = lazy(() => import("./waking.tsx").then(({ WakingView }) => ({ default: WakingView })));
const UnlockView = lazy(() => import("./unlock/unlock.tsx").then(({ UnlockView }) => ({ default: UnlockView })));

export function AppView({ app }: { app: App }) {
    const { state, leaving, rehearsal, outdated } = useViewModel(app);
    const words = useWords(appWords);
    return (
        <div className={css.app}>
            {rehearsal && <RehearsalNote rehearsal={rehearsal} screen={state.screen} />}
            {outdated && (
                <Banner kind="info" act={<Button onClick={() => app.renew()}>{words.reload}</Button>}>
                    {words.outdated}
                </Banner>
            )}
            <div className={css.screen}>
                <CrashBoundary>
                    <Suspense fallback={<Skeleton label={words.starting} />}>
                        <Screen app={app} state={state} />
                        {leaving && <Leaving app={app} loss={leaving} />}
                    </Suspense>
                </CrashBoundary>
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
                <Message title={words.elsewhereTitle} says={words.elsewhere}>
                    <Button kind="main" onClick={() => app.takeOver()}>
                        {words.useHere}
                    </Button>
                </Message>
            );
        case "ended":
            return (
                <Message title={words.endedTitle} says={words.ended}>
                    <Button kind="main" onClick={() => app.signIn({ fresh: false })}>
                        {words.signInAgain}
                    </Button>
                    <Button kind="plain" onClick={() => app.link()}>
                        {words.link}
                    </Button>
                </Message>
            );
        case "broken":
            return (
                <Message title={words.brokenTitle} says={words.broken}>
                    <Button kind="main" onClick={() => location.reload()}>
                        {words.reload}
                    </Button>
                </Message>
            );
        case "waking":
            return <WakingView waking={state.waking} />;
        case "unlock":
            return <UnlockView unlock={state.unlock} />;
        case "link":
            return <LinkInView link={state.link} />;
        case "home":
            return <HomeView home={state.home} />;
    }
}

/** A whole screen that says what happened, and what to do. */
function Message({ title, says, children }: { title: string; says: string; children: ReactNode }) {
    return (
        <main className={css.message}>
            <h1>{title}</h1>
            <p role="status">{says}</p>
            {children}
        </main>
    );
}
