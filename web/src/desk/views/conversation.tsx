/* A chat with a person: what was said, the reply, and beside it what is known and noted. */

import { PanelRight } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Banner, Skeleton } from "../../design/states.tsx";
import { when } from "../../i18n/dates.ts";
import { deskInboxWords } from "../../i18n/desk_inbox_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Conversation } from "../viewmodels/conversation.ts";
import type { Me } from "../viewmodels/desk.ts";
import type { Chat } from "../viewmodels/inbox.ts";
import { BackLink } from "./back_link.tsx";
import { Beside } from "./beside.tsx";
import { holderOf } from "./chat_row.tsx";
import css from "./conversation.module.css";
import { GiveSelect } from "./give_select.tsx";
import panes from "./panes.module.css";
import { ReplyBoxView } from "./reply_box.tsx";
import { TalkLines } from "./talk_lines.tsx";
import { useTroubleText } from "./trouble_text.ts";
import { useDeskKeys } from "./use_desk_keys.ts";

export function ConversationView({
    conversation,
    me,
    service,
}: {
    conversation: Conversation;
    me: Me;
    service: string;
}) {
    const { talk, trouble } = useViewModel(conversation);
    const [beside, setBeside] = useState(false);
    const words = useWords(deskInboxWords);
    const troubleText = useTroubleText();
    if (talk === null) {
        return trouble ? <Banner kind="danger">{troubleText(trouble)}</Banner> : <Skeleton label={words.loading} />;
    }
    return (
        <div className={css.conversation} data-beside={beside}>
            <div className={panes.pane}>
                <Head
                    conversation={conversation}
                    chat={talk.chat}
                    me={me}
                    service={service}
                    beside={beside}
                    showBeside={setBeside}
                />
                {trouble && <Banner kind="danger">{troubleText(trouble)}</Banner>}
                {talk.chat.state === "back" && <Banner kind="info">{words.withBot}</Banner>}
                <TalkLines conversation={conversation} talk={talk} />
                {talk.chat.state !== "back" && (
                    <ReplyBoxView
                        box={conversation.reply}
                        files={conversation.sending}
                        hint={talk.chat.assignee === me.user_id ? words.replyHint : words.willTake}
                    />
                )}
            </div>
            <Beside conversation={conversation} talk={talk} />
        </div>
    );
}

type HeadProps = {
    conversation: Conversation;
    chat: Chat;
    me: Me;
    service: string;
    beside: boolean;
    showBeside: (shown: boolean) => void;
};

function Head({ conversation, chat, me, service, beside, showBeside }: HeadProps) {
    const { busy } = useViewModel(conversation);
    const [handing, setHanding] = useState(false);
    const words = useWords(deskInboxWords);
    const language = useLanguage();
    const mine = chat.assignee === me.user_id;
    const take = () => void conversation.assign(me.user_id);
    const withStaff = chat.state !== "back";
    useDeskKeys({ take: () => withStaff && !mine && take(), handBack: () => withStaff && setHanding(true) });
    return (
        <header className={`${panes.head} ${css.head}`}>
            <BackLink label={words.back} href={`#/${encodeURIComponent(service)}/inbox`} />
            <div className={panes.who}>
                <h2>{chat.person_name}</h2>
                <p className={`${panes.soft} ${panes.cut}`}>
                    {holderOf(chat, me, words, when(chat.since_ts, language, Date.now()))}
                </p>
            </div>
            {withStaff && (
                <div className={css.acts}>
                    {!mine && (
                        <Button kind="main" busy={busy} onClick={take}>
                            {chat.assignee === null ? words.take : words.takeOver}
                        </Button>
                    )}
                    <GiveSelect conversation={conversation} chat={chat} me={me} />
                    <Button disabled={busy} onClick={() => setHanding(true)}>
                        {words.handBack}
                    </Button>
                </div>
            )}
            <span className={css.details}>
                <IconButton label={words.details} aria-pressed={beside} onClick={() => showBeside(!beside)}>
                    <PanelRight aria-hidden="true" />
                </IconButton>
            </span>
            {handing && (
                <HandBack conversation={conversation} name={chat.person_name} close={() => setHanding(false)} />
            )}
        </header>
    );
}

/** It cannot be taken back: the bot speaks at once. */
function HandBack({ conversation, name, close }: { conversation: Conversation; name: string; close: () => void }) {
    const words = useWords(deskInboxWords);
    const hand = () => {
        close();
        void conversation.handBack();
    };
    return (
        <Sheet title={words.handBack} onClose={close}>
            <p>{words.handBackAsk(name)}</p>
            <Button kind="main" wide onClick={hand}>
                {words.handBack}
            </Button>
            <Button wide onClick={close}>
                {words.cancel}
            </Button>
        </Sheet>
    );
}
