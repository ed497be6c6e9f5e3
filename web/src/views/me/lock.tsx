/* Locking chats. With a secret code this page looks as if nothing had ever been locked. */

import { type FormEvent, useState } from "react";

import { Button } from "../../design/button.tsx";
import { Switch, TextField } from "../../design/field.tsx";
import { Banner } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { lockWords } from "../../i18n/lock_words.ts";
import { LOCK_MINUTES, type LockPage, type LockPageState } from "../../viewmodels/lock_page.ts";
import { useViewModel } from "../use_view_model.ts";
import { Choices } from "./choices.tsx";
import css from "./me.module.css";
import { Page, Section } from "./page.tsx";

type Open = Extract<LockPageState["lock"], { state: "open" }>;

export function LockView({ page }: { page: LockPage }) {
    const { lock, problem } = useViewModel(page);
    const words = useWords(lockWords);
    return (
        <Page title={words.title}>
            <p>{words.about}</p>
            {lock.state === "none" && <Fresh page={page} />}
            {lock.state === "closed" && <Closed page={page} passkey={lock.passkey} />}
            {lock.state === "open" && <Opened page={page} lock={lock} />}
            {problem === "noPasskey" && <Banner kind="danger">{words.noPasskey}</Banner>}
        </Page>
    );
}

function Fresh({ page }: { page: LockPage }) {
    const { busy, problem } = useViewModel(page);
    const words = useWords(lockWords);
    const [pin, setPin] = useState("");
    const [again, setAgain] = useState("");
    const make = (event: FormEvent) => {
        event.preventDefault();
        void page.setUp(pin, again);
    };
    return (
        <form className={css.form} onSubmit={make}>
            <PinField
                label={words.pin}
                hint={words.pinHint}
                pin={pin}
                error={problem === "short" ? words.short : null}
                onChange={setPin}
            />
            <PinField
                label={words.again}
                pin={again}
                error={problem === "different" ? words.different : null}
                onChange={setAgain}
            />
            <Button kind="main" type="submit" busy={busy}>
                {words.make}
            </Button>
        </form>
    );
}

function Closed({ page, passkey }: { page: LockPage; passkey: boolean }) {
    const { busy, problem } = useViewModel(page);
    const words = useWords(lockWords);
    const [pin, setPin] = useState("");
    const open = (event: FormEvent) => {
        event.preventDefault();
        void page.unlock(pin);
    };
    return (
        <form className={css.form} onSubmit={open}>
            <p>{words.closedAbout}</p>
            <PinField
                label={words.pin}
                pin={pin}
                error={problem === "wrong" || problem === "wait" ? words[problem] : null}
                onChange={setPin}
            />
            <div className={css.acts}>
                <Button kind="main" type="submit" busy={busy}>
                    {words.open}
                </Button>
                {passkey && <Button onClick={() => page.unlockByPasskey()}>{words.openByDevice}</Button>}
            </div>
        </form>
    );
}

function Opened({ page, lock }: { page: LockPage; lock: Open }) {
    const words = useWords(lockWords);
    const { chats } = page;
    return (
        <>
            <Button kind="main" onClick={() => page.close()}>
                {words.lockNow}
            </Button>
            <Section title={words.chats}>
                {chats.length === 0 && <p>{words.noChats}</p>}
                {chats.map(({ id, name, locked }) => (
                    <Switch key={id} label={name} checked={locked} onChange={() => page.toggle(id)} />
                ))}
            </Section>
            <Switch
                label={words.secret}
                hint={words.secretHint}
                checked={lock.secret}
                onChange={(secret) => page.set({ secret })}
            />
            <Choices
                title={words.auto}
                options={LOCK_MINUTES}
                nameOf={words.minutes}
                chosen={LOCK_MINUTES.find((each) => each === lock.minutes) ?? LOCK_MINUTES[0]}
                choose={(minutes) => page.set({ minutes })}
            />
            <Section title={words.byDevice}>
                <span className={css.soft}>{words.byDeviceHint}</span>
                {lock.passkey ? (
                    <span>{words.byDeviceOn}</span>
                ) : (
                    <div className={css.acts}>
                        <Button onClick={() => page.addPasskey(words.byDeviceName)}>{words.byDeviceAdd}</Button>
                    </div>
                )}
            </Section>
            <Section title={words.remove}>
                <span className={css.soft}>{words.removeHint}</span>
                <div className={css.acts}>
                    <Button kind="danger" onClick={() => page.remove()}>
                        {words.remove}
                    </Button>
                </div>
            </Section>
        </>
    );
}

function PinField({
    label,
    hint,
    pin,
    error,
    onChange,
}: {
    label: string;
    hint?: string;
    pin: string;
    error: string | null;
    onChange: (pin: string) => void;
}) {
    return (
        <TextField
            label={label}
            hint={hint}
            type="password"
            autoComplete="off"
            value={pin}
            error={error}
            onChange={(event) => onChange(event.currentTarget.value)}
        />
    );
}
