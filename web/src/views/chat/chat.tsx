/* One chat: who it is with, what was said, and where one writes. A branch opens beside it. */

import { useCallback, useMemo } from "react";

import { Button } from "../../design/button.tsx";
import { Banner } from "../../design/states.tsx";
import { chatChoicesWords } from "../../i18n/chat_choices_words.ts";
import { chatWords } from "../../i18n/chat_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import type { Chat } from "../../viewmodels/chat.ts";
import type { ChatChoices } from "../../viewmodels/chat_choices.ts";
import { talkKeys } from "../../viewmodels/home_keys.ts";
import { DetailsView } from "../label/details.tsx";
import { HeldNotice } from "../label/held_notice.tsx";
import { FirstWords } from "../label/label_line.tsx";
import { LockPart } from "../label/lock_part.tsx";
import { OffersPart } from "../label/offers_part.tsx";
import { AttachMenu } from "../media/attach_menu.tsx";
import { VoiceButton } from "../media/voice_button.tsx";
import { TimerPart } from "../timer/timer_part.tsx";
import { useShortcuts } from "../use_shortcuts.ts";
import { useViewModel } from "../use_view_model.ts";
import { BeginWith } from "./begin_with.tsx";
import { UnlessBlocked } from "./blocked_notice.tsx";
import { BranchView } from "./branch.tsx";
import css from "./chat.module.css";
import { ChatHead } from "./chat_head.tsx";
import { ComposerView } from "./composer.tsx";
import { LogView } from "./log.tsx";
import { PinnedBar } from "./pinned_bar.tsx";
import { WhileChoosing } from "./selection_bar.tsx";

export function ChatView({ chat }: { chat: Chat }) {
    const { group, asking, branch, details } = useViewModel(chat);
    useShortcuts(talkKeys(branch ?? chat));
    const words = useWords(chatWords);
    const { messages } = useWords(logWords);
    const branchAddress = useCallback(
        (eventId: string) => `${addressOf(chat)}/thread/${encodeURIComponent(eventId)}`,
        [chat],
    );
    const beginning = useMemo(() => <FirstWords roomId={chat.roomId} />, [chat]);
    return (
        <div className={css.chat} data-beside={branch !== null || details !== null}>
            <div className={css.main}>
                <ChatHead chat={chat} />
                <PinnedBar pinned={chat.pinned} onGo={(eventId) => void chat.log.goTo(eventId)} />
                <ChoiceFailed choices={chat.choices} />
                {asking > 0 && (
                    <Banner kind="info" act={<a href={`${addressOf(chat)}/group`}>{words.seeAsking}</a>}>
                        {words.asking(asking)}
                    </Banner>
                )}
                <LogView
                    log={chat.log}
                    acts={chat.acts}
                    label={messages}
                    group={group}
                    branchAddress={branchAddress}
                    beginning={beginning}
                />
                <HeldNotice roomId={chat.roomId} choices={chat.choices} />
                <WhileChoosing acts={chat.acts}>
                    <UnlessBlocked choices={chat.choices}>
                        <BeginWith beginning={chat.beginning} onTaken={() => chat.composer.summon()} />
                        <ComposerView
                            composer={chat.composer}
                            attach={(makePoll) => <AttachMenu where={chat.composer} outside makePoll={makePoll} />}
                            idle={<VoiceButton where={chat.composer} />}
                        />
                    </UnlessBlocked>
                </WhileChoosing>
            </div>
            {details && (
                <section className={css.beside} aria-label={words.details}>
                    <DetailsView details={details} back={addressOf(chat)}>
                        <TimerPart timer={chat.timer} />
                        <LockPart entry={chat.lock} />
                        <OffersPart offers={chat.offers} />
                    </DetailsView>
                </section>
            )}
            {branch && (
                <BranchView
                    key={branch.id}
                    branch={branch}
                    choices={chat.choices}
                    group={group}
                    back={addressOf(chat)}
                    branchAddress={branchAddress}
                />
            )}
        </div>
    );
}

function addressOf(chat: Chat): string {
    return `#/chats/${encodeURIComponent(chat.roomId)}`;
}

function ChoiceFailed({ choices }: { choices: ChatChoices }) {
    const { failed } = useViewModel(choices);
    const words = useWords(chatChoicesWords);
    if (!failed) return null;
    return (
        <Banner kind="danger" act={<Button onClick={() => choices.forgive()}>{words.understood}</Button>}>
            {words.failed}
        </Banner>
    );
}
