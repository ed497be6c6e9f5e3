/* The desk: one screen for each of its great states. */

import type { ReactNode } from "react";

import { Button } from "../../design/button.tsx";
import { Banner, Skeleton } from "../../design/states.tsx";
import { deskWords } from "../../i18n/desk_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Look } from "../../viewmodels/look.ts";
import { Toasts } from "../../views/toasts.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Desk, DeskState } from "../viewmodels/desk.ts";
import { CrashBoundary } from "./crash.tsx";
import css from "./desk.module.css";
import { Frame } from "./frame.tsx";

export function DeskView({ desk, look }: { desk: Desk; look: Look }) {
    const { state } = useViewModel(desk);
    return (
        <Toasts>
            <CrashBoundary>
                <Screen desk={desk} state={state} look={look} />
            </CrashBoundary>
        </Toasts>
    );
}

function Screen({ desk, state, look }: { desk: Desk; state: DeskState; look: Look }) {
    const words = useWords(deskWords);
    switch (state.screen) {
        case "starting":
            return <Skeleton label={words.starting} />;
        case "sign_in":
            return <SignIn desk={desk} state={state} />;
        case "offline":
            return (
                <Message title={words.offlineTitle} says={words.offline}>
                    <Button kind="main" onClick={() => void desk.start(null)}>
                        {words.again}
                    </Button>
                </Message>
            );
        case "nothing":
            return (
                <Message title={words.nothingTitle} says={words.nothing(state.me.name)}>
                    <Button kind="main" onClick={() => void desk.start(null)}>
                        {words.again}
                    </Button>
                    <Button onClick={() => void desk.signOut()}>{words.signOut}</Button>
                </Message>
            );
        case "home":
            return <Frame key={state.service.info.id} desk={desk} me={state.me} service={state.service} look={look} />;
    }
}

function SignIn({ desk, state: { doors, problem } }: { desk: Desk; state: DeskState & { screen: "sign_in" } }) {
    const words = useWords(deskWords);
    return (
        <main className={css.message}>
            <img src="/icon.svg" alt="" width="64" height="64" />
            <h1>{words.name}</h1>
            <p>{words.about}</p>
            {problem && <Banner kind={problem === "failed" ? "danger" : "info"}>{words[problem]}</Banner>}
            {doors.map(({ id, name }) => (
                <Button key={id} kind="main" wide onClick={() => desk.signIn(id)}>
                    {words.signIn(name)}
                </Button>
            ))}
            {doors.length === 0 && <p role="status">{words.noDoors}</p>}
        </main>
    );
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
