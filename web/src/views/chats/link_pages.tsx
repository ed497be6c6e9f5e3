/* What a link opens: asking to join a group, or beginning a chat with a person. */

import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "../../design/button.tsx";
import { Banner, Empty } from "../../design/states.tsx";
import { designWords } from "../../i18n/design_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { newChatWords } from "../../i18n/new_chat_words.ts";
import type { JoinPage, PersonPage } from "../../viewmodels/link_pages.ts";
import { useViewModel } from "../use_view_model.ts";
import { ApproachedView } from "./approached.tsx";
import css from "./chat_list.module.css";
import { LinkSays } from "./link_says.tsx";

export function JoinView({ join }: { join: JoinPage }) {
    const { name, step, problem } = useViewModel(join);
    const words = useWords(newChatWords);
    return (
        <LinkPage title={name || words.someGroup} problem={problem}>
            {step === "asked" ? (
                <p role="status">{words.asked}</p>
            ) : (
                <>
                    <p>{words.joinHint}</p>
                    <Button kind="main" busy={step === "busy"} onClick={() => join.ask()}>
                        {words.ask}
                    </Button>
                </>
            )}
        </LinkPage>
    );
}

export function PersonView({ person }: { person: PersonPage }) {
    const { name, step, problem, approached, said, known } = useViewModel(person);
    const words = useWords(newChatWords);
    const title = words.personTitle(name);
    if (approached !== null) {
        return (
            <LinkPage title={title} problem={null}>
                <ApproachedView
                    service={approached}
                    said={said}
                    known={known}
                    goOn={() => person.goOn()}
                    turnAway={() => person.turnAway()}
                />
            </LinkPage>
        );
    }
    return (
        <LinkPage title={title} problem={problem}>
            {said !== null && <LinkSays said={said} starts={false} />}
            <Button kind="main" busy={step === "busy"} onClick={() => person.start()}>
                {words.find}
            </Button>
        </LinkPage>
    );
}

type Given = { title: string; problem: "nobody" | "failed" | null; children: ReactNode };

function LinkPage({ title, problem, children }: Given) {
    const words = useWords(newChatWords);
    const general = useWords(designWords);
    return (
        <>
            <header className={css.head}>
                <a className={css.back} href="#/chats" aria-label={general.back}>
                    <ArrowLeft aria-hidden="true" />
                </a>
                <h1>{words.link}</h1>
            </header>
            {problem && <Banner kind="danger">{words[problem]}</Banner>}
            <Empty title={title}>{children}</Empty>
        </>
    );
}
