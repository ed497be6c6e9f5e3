/* Puts what comes in into words for the system's notifications. Shows nothing itself. */

import { useEffect } from "react";

import { arrivalWords, wordingOf } from "../i18n/arrival_words.ts";
import { useLanguage, useWords } from "../i18n/language.tsx";
import type { Notifications } from "../viewmodels/notifications.ts";

export function Announcer({ notifications }: { notifications: Notifications }) {
    const language = useLanguage();
    const words = useWords(arrivalWords);
    useEffect(() => {
        notifications.speak(language, (arrival, content) => wordingOf(arrival, content, words));
    }, [notifications, language, words]);
    return null;
}
