/* Privacy: each switch takes effect at once, on all of one's devices. */

import { Button } from "../../design/button.tsx";
import { Switch } from "../../design/field.tsx";
import { Banner } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { privacyWords } from "../../i18n/privacy_words.ts";
import type { BlockedPeople } from "../../viewmodels/blocked_people.ts";
import type { Me } from "../../viewmodels/me.ts";
import type { PrivacyPage } from "../../viewmodels/privacy_page.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";
import { Page, Section } from "./page.tsx";
import { PageLink } from "./page_link.tsx";

export function PrivacyView({ me }: { me: Me }) {
    const page = me.privacy;
    const { settings, invitations, failed } = useViewModel(page);
    const words = useWords(privacyWords);
    return (
        <Page title={words.title}>
            {failed && <Banner kind="danger">{words.failed}</Banner>}
            <Section title={words.others}>
                <Switch
                    label={words.readReceipts}
                    hint={words.readReceiptsHint}
                    checked={settings.readReceipts}
                    onChange={(readReceipts) => page.change({ readReceipts })}
                />
                <Switch
                    label={words.typing}
                    hint={words.typingHint}
                    checked={settings.typing}
                    onChange={(typing) => page.change({ typing })}
                />
                <Switch
                    label={words.presence}
                    hint={words.presenceHint}
                    checked={settings.presence}
                    onChange={(presence) => page.change({ presence })}
                />
            </Section>
            <Section title={words.reach}>
                <Switch
                    label={words.invitations}
                    hint={words.invitationsHint}
                    checked={invitations === "everybody"}
                    onChange={(on) => page.allowInvitations(on ? "everybody" : "nobody")}
                />
                <PageLink me={me} act={{ page: "number" }} title={words.byNumber} about={words.byNumberHint} />
            </Section>
            <Section title={words.calls}>
                <Switch
                    label={words.silence}
                    hint={words.silenceHint}
                    checked={settings.silenceUnknownCallers}
                    onChange={(silenceUnknownCallers) => page.change({ silenceUnknownCallers })}
                />
                <Switch
                    label={words.hideAddress}
                    hint={words.hideAddressHint}
                    checked={settings.hideAddress}
                    onChange={(hideAddress) => page.change({ hideAddress })}
                />
            </Section>
            <Quiet page={page} />
            <Blocked blocked={me.blocked} />
        </Page>
    );
}

function Quiet({ page }: { page: PrivacyPage }) {
    const { quiet } = useViewModel(page);
    const words = useWords(privacyWords);
    return (
        <Section title={words.quiet}>
            <Switch
                label={words.quietOn}
                hint={words.quietHint}
                checked={quiet.on}
                onChange={(on) => page.quiet({ on })}
            />
            {quiet.on && (
                <div className={css.times}>
                    <Time label={words.from} minute={quiet.from} onChange={(from) => page.quiet({ from })} />
                    <Time label={words.to} minute={quiet.to} onChange={(to) => page.quiet({ to })} />
                </div>
            )}
        </Section>
    );
}

function Blocked({ blocked }: { blocked: BlockedPeople }) {
    const { people, failed } = useViewModel(blocked);
    const words = useWords(privacyWords);
    return (
        <Section title={words.blocked}>
            <span className={css.soft}>{people.length === 0 ? words.nobodyBlocked : words.blockedHint}</span>
            {failed && <Banner kind="danger">{words.failed}</Banner>}
            <ul aria-label={words.blocked}>
                {people.map(({ userId, name }) => (
                    <li key={userId} className={css.row}>
                        <span>{name ?? words.someone}</span>
                        <Button onClick={() => blocked.unblock(userId)}>{words.unblock}</Button>
                    </li>
                ))}
            </ul>
        </Section>
    );
}

function Time({ label, minute, onChange }: { label: string; minute: number; onChange: (minute: number) => void }) {
    const two = (number: number) => String(number).padStart(2, "0");
    const take = (value: string) => {
        const [hours, minutes] = value.split(":").map(Number);
        if (hours !== undefined && minutes !== undefined) onChange(hours * 60 + minutes);
    };
    return (
        <label>
            {label}
            <input
                type="time"
                value={`${two(Math.floor(minute / 60))}:${two(minute % 60)}`}
                onChange={(event) => take(event.currentTarget.value)}
            />
        </label>
    );
}
