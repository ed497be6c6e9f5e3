/* When a screen of the desk breaks: say so. What is not sent yet lies on the disk, not in the screen. */

import { Component, type ReactNode } from "react";

import { Button } from "../../design/button.tsx";
import { deskWords } from "../../i18n/desk_words.ts";
import { useWords } from "../../i18n/language.tsx";
import css from "./desk.module.css";

/** Shows its children until one of them throws while it is rendered. */
export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
    override state = { crashed: false };

    static getDerivedStateFromError(): { crashed: boolean } {
        return { crashed: true };
    }

    override render(): ReactNode {
        return this.state.crashed ? <Crashed /> : this.props.children;
    }
}

function Crashed() {
    const words = useWords(deskWords);
    return (
        <main className={css.message}>
            <h1>{words.crashedTitle}</h1>
            <p role="alert">{words.crashed}</p>
            <Button kind="main" onClick={() => location.reload()}>
                {words.reload}
            </Button>
        </main>
    );
}
