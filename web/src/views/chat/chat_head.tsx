/* Who a chat is with, who is writing, and the way to what else there is to a chat. */

import { chatWords } from "../../i18n/chat_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Chat } from "../../viewmodels/chat.ts";
import { addressOfDetails, addressOfGroup } from "../../viewmodels/chat_labels.ts";
import { Face } from "../face.tsx";
import { ChatLabel } from "../label/label_line.tsx";
import { TimerMark } from "../timer/timer_mark.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat.module.css";
import { HeadFrame } from "./head_frame.tsx";
import { HeadMenu } from "./head_menu.tsx";

export function ChatHead({ chat }: { chat: Chat }) {
    const { name, picture, typing, group, direct, maxAgeMs } = useViewModel(chat);
    const words = useWords(chatWords);
    const about = direct ? addressOfDetails(chat.roomId) : addressOfGroup(chat.roomId);
    return (
        <HeadFrame
            face={<Face picture={picture} id={chat.roomId} name={name} size={40} />}
            menu={<HeadMenu chat={chat} />}
        >
            <div className={css.name}>
                <h1>
                    <a href={about}>{name}</a>
                </h1>
                {maxAgeMs !== null && <TimerMark maxAgeMs={maxAgeMs} />}
            </div>
            {typing.length === 0 && <ChatLabel roomId={chat.roomId} />}
            <p className={css.typing} aria-live="polite">
                {typing.length > 0 && (group ? words.typing(typing.filter(Boolean).join(", ")) : words.typingAlone)}
            </p>
        </HeadFrame>
    );
}
