/* Who runs the devices of one's own account, where it is a service: read, filled in, and signed. */

import { type FormEvent, useEffect } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Banner, Skeleton } from "../../design/states.tsx";
import { day } from "../../i18n/dates.ts";
import { designWords } from "../../i18n/design_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { servicePageWords } from "../../i18n/service_page_words.ts";
import type { RunDevice, ServicePage, ServicePageState } from "../../viewmodels/service_page.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";
import { Page, Section } from "./page.tsx";

export function ServiceView({ page }: { page: ServicePage }) {
    const { known, written, busy, failed, signed } = useViewModel(page);
    const words = useWords(servicePageWords);
    const general = useWords(designWords);
    useEffect(() => void page.look(), [page]);
    const sign = (event: FormEvent) => {
        event.preventDefault();
        void page.sign();
    };
    return (
        <Page title={words.title}>
            <p>{words.about}</p>
            {known === null && busy && <Skeleton label={general.loading} rows={3} />}
            {known && <Standing standing={known.standing} />}
            {known?.waiting && <Banner kind="warning">{words.proposed}</Banner>}
            {failed && <Banner kind="danger">{words.failed}</Banner>}
            {known && (
                <form className={css.form} onSubmit={sign}>
                    <Section title={words.devices}>
                        {written.map((device) => (
                            <DeviceFields key={device.id} page={page} device={device} />
                        ))}
                    </Section>
                    {!known.standing?.keptByOperator && (
                        <Button kind="main" type="submit" busy={busy}>
                            {words.sign}
                        </Button>
                    )}
                    <p role="status">{signed && !known.waiting && words.signed}</p>
                </form>
            )}
        </Page>
    );
}

function Standing({ standing }: { standing: NonNullable<ServicePageState["known"]>["standing"] }) {
    const words = useWords(servicePageWords);
    const language = useLanguage();
    if (standing === null) return <Banner kind="info">{words.none}</Banner>;
    const { fault, expires, keptByOperator } = standing;
    return (
        <>
            {fault === "not-countersigned" && <Banner kind="warning">{words.waiting}</Banner>}
            {fault !== null && fault !== "not-countersigned" && <Banner kind="danger">{words.unfit}</Banner>}
            {fault === null && expires !== null && (
                <Banner kind="info">{words.good(day(expires, language, Date.now()))}</Banner>
            )}
            {keptByOperator && <p>{words.kept}</p>}
        </>
    );
}

/** What a host offers is the host's to say; of the owner's own devices the owner says it. */
function DeviceFields({ page, device }: { page: ServicePage; device: RunDevice }) {
    const words = useWords(servicePageWords);
    const { id, name, here, operator, country, purpose, stated, vouched, told } = device;
    const fixed = operator !== null;
    return (
        <fieldset className={css.section}>
            <legend>
                {name || words.nameless}
                {here && ` (${words.here})`}
            </legend>
            <span className={css.soft}>{operator === null ? words.self : words.host(operator.name)}</span>
            {!stated && <span className={`${css.mark} ${css.strange}`}>{words.changed}</span>}
            {!vouched && (
                <TextField
                    label={words.fingerprint}
                    hint={words.fingerprintHint}
                    value={told}
                    maxLength={100}
                    onChange={(event) => page.write(id, { told: event.currentTarget.value })}
                />
            )}
            <TextField
                label={words.purpose}
                hint={words.purposeHint}
                value={purpose}
                maxLength={100}
                required
                readOnly={fixed}
                onChange={(event) => page.write(id, { purpose: event.currentTarget.value })}
            />
            <TextField
                label={words.country}
                value={country}
                minLength={2}
                maxLength={2}
                pattern="[A-Za-z]{2}"
                required
                readOnly={fixed}
                onChange={(event) => page.write(id, { country: event.currentTarget.value })}
            />
        </fieldset>
    );
}
