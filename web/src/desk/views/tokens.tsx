/* What lets a bot's programs in: who has a token for what, making one, and ending one. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { SelectField, Switch, TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Banner, Skeleton } from "../../design/states.tsx";
import { deskBotWords } from "../../i18n/desk_bot_words.ts";
import { dates } from "../../i18n/formats.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import type { Language } from "../../i18n/words.ts";
import { useCopy } from "../../views/toast.ts";
import { useViewModel } from "../../views/use_view_model.ts";
import { LASTING, type Lasting, SCOPES, type Scope, type Token, type Tokens } from "../viewmodels/tokens.ts";
import css from "./bot.module.css";
import { useTroubleText } from "./trouble_text.ts";

type Words = (typeof deskBotWords)["id"];

const MONTH_H = 30 * 24;

export function TokensView({ tokens }: { tokens: Tokens }) {
    const { tokens: held, made, trouble } = useViewModel(tokens);
    const [ending, setEnding] = useState<string | null>(null);
    const words = useWords(deskBotWords);
    const troubleText = useTroubleText();
    return (
        <div className={css.page}>
            <section className={css.part} aria-label={words.tokens}>
                <h1>{words.tokens}</h1>
                <p className={css.soft}>{words.tokensAbout}</p>
                {trouble && (
                    <Banner kind="danger">{trouble.code === "ALREADY" ? words.taken : troubleText(trouble)}</Banner>
                )}
                {held === null && !trouble && <Skeleton label={words.loading} rows={3} />}
                {held?.length === 0 && <p>{words.noTokens}</p>}
                <ul className={css.rows}>
                    {held?.map((token) => (
                        <TokenRow
                            key={`${token.label} ${token.since}`}
                            token={token}
                            revoke={() => setEnding(token.label)}
                        />
                    ))}
                </ul>
            </section>
            <AddForm tokens={tokens} />
            {ending !== null && <Revoke tokens={tokens} label={ending} close={() => setEnding(null)} />}
            {made && <Made {...made} close={() => tokens.forgetMade()} />}
        </div>
    );
}

function TokenRow({ token, revoke }: { token: Token; revoke: () => void }) {
    const words = useWords(deskBotWords);
    const language = useLanguage();
    const { label, scopes, holds } = token;
    return (
        <li className={css.row} data-over={!holds}>
            <span className={css.what}>
                <strong>{label}</strong>
                {scopes.map((scope) => (
                    <span key={scope} className={css.state}>
                        {words[scope]}
                    </span>
                ))}
            </span>
            <span className={css.soft}>{times(token, words, language).join(" · ")}</span>
            {holds && (
                <span className={css.acts}>
                    <Button aria-label={words.revokeWhich(label)} onClick={revoke}>
                        {words.revoke}
                    </Button>
                </span>
            )}
        </li>
    );
}

function times({ since, until, used, holds }: Token, words: Words, language: Language): string[] {
    const at = (ts: number) => dates(language, { dateStyle: "medium", timeStyle: "short" }).format(ts);
    if (!holds && until !== null) return [words.ended(at(until))];
    return [
        words.since(at(since)),
        until === null ? words.untilRevoked : words.until(at(until)),
        used === null ? words.neverUsed : words.used(at(used)),
    ];
}

function AddForm({ tokens }: { tokens: Tokens }) {
    const { busy } = useViewModel(tokens);
    const [label, setLabel] = useState("");
    const [scopes, setScopes] = useState<readonly Scope[]>(["read", "write"]);
    const [hours, setHours] = useState<Lasting>(MONTH_H);
    const words = useWords(deskBotWords);
    const add = async () => {
        if (await tokens.add({ label, scopes, hours })) setLabel("");
    };
    const turn = (scope: Scope, on: boolean) =>
        setScopes(SCOPES.filter((each) => (each === scope ? on : scopes.includes(each))));
    return (
        <form
            className={css.add}
            aria-label={words.add}
            onSubmit={(event) => {
                event.preventDefault();
                void add();
            }}
        >
            <h2>{words.add}</h2>
            <TextField
                label={words.label}
                hint={words.labelHint}
                value={label}
                maxLength={64}
                autoComplete="off"
                onChange={(event) => setLabel(event.currentTarget.value)}
            />
            <fieldset className={css.scopes}>
                <legend>{words.may}</legend>
                {SCOPES.map((scope) => (
                    <Switch
                        key={scope}
                        label={words[scope]}
                        hint={words[`${scope}About`]}
                        checked={scopes.includes(scope)}
                        onChange={(on) => turn(scope, on)}
                    />
                ))}
            </fieldset>
            <SelectField
                label={words.lasts}
                options={LASTING.map((_, place) => place)}
                nameOf={(place) => lasting(LASTING[place] ?? null, words)}
                chosen={LASTING.indexOf(hours)}
                choose={(place) => setHours(LASTING[place] ?? null)}
            />
            <Button kind="main" type="submit" busy={busy} disabled={label.trim() === "" || scopes.length === 0}>
                {words.add}
            </Button>
        </form>
    );
}

function lasting(hours: Lasting, words: Words): string {
    if (hours === null) return words.untilRevoked;
    return hours < 24 ? words.hours(hours) : words.days(hours / 24);
}

function Revoke({ tokens, label, close }: { tokens: Tokens; label: string; close: () => void }) {
    const words = useWords(deskBotWords);
    const revoke = () => {
        close();
        void tokens.revoke(label);
    };
    return (
        <Sheet title={words.revokeWhich(label)} onClose={close}>
            <p>{words.revokeAsk(label)}</p>
            <Button kind="danger" wide onClick={revoke}>
                {words.revoke}
            </Button>
            <Button wide onClick={close}>
                {words.cancel}
            </Button>
        </Sheet>
    );
}

function Made({ label, token, close }: { label: string; token: string; close: () => void }) {
    const words = useWords(deskBotWords);
    const copy = useCopy();
    return (
        <Sheet title={words.made(label)} onClose={close}>
            <p>{words.madeAbout}</p>
            <code className={css.secret}>{token}</code>
            <Button kind="main" wide onClick={() => copy(token, words.copied)}>
                {words.copy}
            </Button>
            <Button wide onClick={close}>
                {words.done}
            </Button>
        </Sheet>
    );
}
