/* What can be set for a chat now, as its menu says it: in the list, and in the chat. */

import { Archive, ArchiveRestore, Bell, BellOff, type LucideIcon, Mail, MailOpen, Pin, PinOff } from "lucide-react";

import type { chatListWords } from "../../i18n/chat_list_words.ts";
import type { ChatListState, ChatSetting } from "../../viewmodels/chat_list.ts";

type Summary = ChatListState["chats"][number];
type SettingAct = { setting: ChatSetting; label: string; Icon: LucideIcon };

export function settingActs(chat: Summary, words: typeof chatListWords.en): readonly SettingAct[] {
    const acts: SettingAct[] = [
        chat.isUnread
            ? { setting: "unread", label: words.markRead, Icon: MailOpen }
            : { setting: "unread", label: words.markUnread, Icon: Mail },
        chat.pin === null
            ? { setting: "pin", label: words.pin, Icon: Pin }
            : { setting: "pin", label: words.unpin, Icon: PinOff },
        chat.muted
            ? { setting: "mute", label: words.unmute, Icon: Bell }
            : { setting: "mute", label: words.mute, Icon: BellOff },
        chat.archived
            ? { setting: "archive", label: words.fromArchive, Icon: ArchiveRestore }
            : { setting: "archive", label: words.toArchive, Icon: Archive },
    ];
    // What is archived stands apart from what is pinned.
    return acts.filter(({ setting }) => setting !== "pin" || !chat.archived);
}
