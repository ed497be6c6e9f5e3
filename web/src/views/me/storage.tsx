/* What the app takes up on this device. */

import { useEffect, useState } from "react";

import { Button } from "../../design/button.tsx";
import { Skeleton } from "../../design/states.tsx";
import { designWords } from "../../i18n/design_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { amount, sizeOf } from "../../i18n/numbers.ts";
import { storageWords } from "../../i18n/storage_words.ts";
import type { Storage, StorageState } from "../../viewmodels/storage.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";
import { Page, Section } from "./page.tsx";

export function StorageView({ storage }: { storage: Storage }) {
    const { used, spares, busy } = useViewModel(storage);
    const words = useWords(storageWords);
    const general = useWords(designWords);
    const language = useLanguage();
    useEffect(() => void storage.look(), [storage]);
    return (
        <Page title={words.title}>
            {used === null ? <Skeleton label={general.loading} rows={2} /> : <Used used={used} />}
            {spares.map(({ name, count }) => (
                <Section key={name} title={words[name](amount(count, language))}>
                    <span className={css.soft}>{words.freeHint}</span>
                    <div className={css.acts}>
                        <Button busy={busy} disabled={count === 0} onClick={() => storage.free(name)}>
                            {words.free}
                        </Button>
                    </div>
                </Section>
            ))}
            <Keep storage={storage} />
        </Page>
    );
}

function Used({ used }: { used: NonNullable<StorageState["used"]> }) {
    const words = useWords(storageWords);
    const language = useLanguage();
    const { whole, quota, data, files } = used;
    const parts = [
        { bytes: data, name: words.data },
        { bytes: files, name: words.files },
    ];
    return (
        <Section title={words.used(sizeOf(whole, language), sizeOf(quota, language))}>
            <div className={css.bar} aria-hidden="true">
                {parts.map(({ bytes, name }) => (
                    <span key={name} style={{ width: `${(100 * (bytes ?? 0)) / Math.max(whole, 1)}%` }} />
                ))}
            </div>
            <ul className={css.legend}>
                {parts.map(
                    ({ bytes, name }) => bytes !== null && <li key={name}>{`${name}: ${sizeOf(bytes, language)}`}</li>,
                )}
            </ul>
        </Section>
    );
}

function Keep({ storage }: { storage: Storage }) {
    const words = useWords(storageWords);
    const [kept, setKept] = useState<boolean | null>(null);
    return (
        <Section title={words.keep}>
            <span className={css.soft}>{words.keepHint}</span>
            <div className={css.acts}>
                <Button onClick={async () => setKept(await storage.keep())}>{words.keep}</Button>
                <span role="status">{kept !== null && (kept ? words.kept : words.notKept)}</span>
            </div>
        </Section>
    );
}
