/* Notifications of this device. */

import { Switch } from "../../design/field.tsx";
import { Banner } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { notificationWords } from "../../i18n/notification_words.ts";
import type { Notifications } from "../../viewmodels/notifications.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";
import { Page, Section } from "./page.tsx";

export function NotificationsView({ notifications }: { notifications: Notifications }) {
    const { permission, on, whenClosed, content, busy, failed } = useViewModel(notifications);
    const words = useWords(notificationWords);
    const possible = permission !== "unsupported";
    return (
        <Page title={words.title}>
            {failed && <Banner kind="danger">{words.failed}</Banner>}
            {permission === "denied" && <Banner kind="warning">{words.denied}</Banner>}
            {!possible && <Banner kind="warning">{words.unsupported}</Banner>}
            {possible && (
                <Section title={words.title}>
                    <Switch
                        label={words.on}
                        hint={words.onHint}
                        checked={on}
                        disabled={busy}
                        onChange={(wanted) => void (wanted ? notifications.turnOn() : notifications.turnOff())}
                    />
                    {on && (
                        <Switch
                            label={words.content}
                            hint={words.contentHint}
                            checked={content}
                            onChange={(wanted) => void notifications.showContent(wanted)}
                        />
                    )}
                    <span className={css.soft}>{words.mute}</span>
                </Section>
            )}
            {on && (
                <Section title={words.closed}>
                    <span className={css.soft}>{whenClosed ? words.closedOn : words.closedOff}</span>
                </Section>
            )}
            <a className={css.row} href="#/me/privacy">
                <span>
                    {words.quiet}
                    <span className={css.soft}>{words.quietHint}</span>
                </span>
            </a>
        </Page>
    );
}
