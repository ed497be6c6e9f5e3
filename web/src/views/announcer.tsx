/* Puts what comes in into words for the system's notifications. Shows nothing itself. */

import { useEffect } from "react";

import { useLanguage, useWords } from "../i18n/language.tsx";
import { notificationWords } from "../i18n/notification_words.ts";
import type { Notifications, Wording } from "../viewmodels/notifications.ts";

type Words = typeof notificationWords.en;
type Arrival = Parameters<Wording>[0];
type Body = NonNullable<Extract<Arrival, { kind: "message" }>["body"]>;

export function Announcer({ notifications }: { notifications: Notifications }) {
    const language = useLanguage();
    const words = useWords(notificationWords);
    useEffect(() => {
        notifications.speak(language, (arrival, content) => wordingOf(arrival, content, words));
    }, [notifications, language, words]);
    return null;
}

function wordingOf(arrival: Arrival, content: boolean, words: Words): { title: string; body: string } {
    if (arrival.kind === "locked") return { title: words.newMessage, body: words.open };
    if (arrival.kind === "invitation") return { title: words.invitation, body: words.open };
    if (!content) return { title: words.newMessage, body: words.open };
    const said = (arrival.body && lineOf(arrival.body, words)) ?? words.newMessage;
    return { title: arrival.chat, body: arrival.sender === null ? said : words.from(arrival.sender, said) };
}

function lineOf(body: Body, words: Words): string | null {
    switch (body.kind) {
        case "text":
            return body.text;
        case "poll":
            return words.poll;
        case "image":
        case "video":
        case "audio":
        case "voice":
        case "file":
        case "location":
        case "sticker":
            return ("caption" in body && body.caption) || words[body.kind];
        case "other":
            return body.fallback || null;
        default:
            return null;
    }
}
