/* When a screen breaks: say so, and offer ways on. Drafts and messages lie on the disk, not in the screen. */

import { Component, type ReactNode } from "react";

import { Button } from "../design/button.tsx";
import { appWords } from "../i18n/app_words.ts";
import { useWords } from "../i18n/language.tsx";
import css from "./app.module.css";

/** Shows its children until one of them throws while it is rendered. */
export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
    override state = { crashed: false };

    static getDerivedStateFromError(): { crashed: boolean } {
        return { crashed: true };
    }

    override render(): ReactNode {
        return this.state.crashed ? <Crashed back={() => this.setState({ crashed: false })} /> : this.props.children;
    }
}

function Crashed({ back }: { back: () => void }) {
    const words = useWords(appWords);
    const toChats = () => {
        location.hash = "#/chats";
        back();
    };
    return (
        <main className={css.message}>
            <h1>{words.crashedTitle}</h1>
            <p role="alert">{words.crashed}</p>
            <Button kind="main" onClick={() => location.reload()}>
                {words.reload}
            </Button>
            <Button onClick={toChats}>{words.toChats}</Button>
        </main>
    );
}
