/* One person who holds the keys of a chat, with their devices and with what is to be done about them. */

import { MonitorSmartphone, ShieldAlert } from "lucide-react";

import { Button } from "../../design/button.tsx";
import { countryName } from "../../i18n/countries.ts";
import { day } from "../../i18n/dates.ts";
import { detailsWords } from "../../i18n/details_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { serviceWords } from "../../i18n/service_words.ts";
import type { ChatDetails } from "../../viewmodels/chat_details.ts";
import type { Device, Reader } from "../../viewmodels/chat_labels.ts";
import { Face } from "../face.tsx";
import css from "./details.module.css";
import { useLabels } from "./labels_context.ts";

type RowProps = { reader: Reader; details: ChatDetails };

export function ReaderRow({ reader, details }: RowProps) {
    const words = useWords(detailsWords);
    const service = useWords(serviceWords);
    const { userId, name, picture, me, known, compared, devices, identity } = reader;
    const strange = identity !== "none" && devices.some(({ signed }) => !signed);
    const unnamed = identity !== "none" && devices.some(({ signed, named }) => signed && !named);
    return (
        <li className={css.reader}>
            <strong className={css.who}>
                <Face picture={picture} id={userId} name={name || "?"} size={32} />
                {name || words.nameless}
                {me && ` (${words.you})`}
            </strong>
            {compared && !me && <span className={css.soft}>{words.compared}</span>}
            {known && devices.length === 0 && <span className={css.soft}>{words.noDevices}</span>}
            {!known && <span className={css.soft}>{words.unknown}</span>}
            <Devices reader={reader} />
            {strange && <p className={css.alert}>{me ? words.strangeAboutMine : words.strangeAbout(name)}</p>}
            {unnamed && <p className={css.alert}>{service.unnamedWhy(name || words.nameless)}</p>}
            {strange && me && <a href="#/me/devices">{words.myDevices}</a>}
            {!me && known && <Acts reader={reader} details={details} />}
        </li>
    );
}

/** The way on: look closer, or go on all the same. */
function Acts({ reader, details }: RowProps) {
    const words = useWords(detailsWords);
    const labels = useLabels();
    const { userId, name, identity, accepted, compared, devices } = reader;
    const unknown =
        identity === "published" && devices.some(({ signed, named, leftOut }) => !(signed && named) && !leftOut);
    return (
        <>
            {identity === "none" && <p className={css.warn}>{words.unchecked(name)}</p>}
            {identity === "changed" && <p className={css.alert}>{words.changed(name)}</p>}
            <Unfit reader={reader} />
            <div className={css.acts}>
                {identity !== "none" && !compared && (
                    <Button onClick={() => details.compare(reader)}>{words.compare}</Button>
                )}
                {identity === "changed" && (
                    <Button onClick={() => labels.accept({ kind: "changed-identity", userId })}>{words.accept}</Button>
                )}
                {unknown && <Button onClick={() => labels.leaveOut(details.roomId)}>{words.leaveOut}</Button>}
                {identity === "none" && !accepted && (
                    <Button onClick={() => labels.accept({ kind: "uncheckable-app", userId })}>
                        {words.acceptApp}
                    </Button>
                )}
            </div>
        </>
    );
}

function Devices({ reader: { devices, identity } }: { reader: Reader }) {
    return (
        <ul className={css.devices}>
            {devices.map((device) => (
                <DeviceRow
                    key={device.id}
                    device={device}
                    strange={identity !== "none" && !(device.signed && device.named)}
                />
            ))}
        </ul>
    );
}

/** What is wrong with what a service says of who runs it, and going on all the same. */
function Unfit({ reader: { userId, service } }: { reader: Reader }) {
    const words = useWords(serviceWords);
    const labels = useLabels();
    if (service === null || service.fault === null) return null;
    const { fault, accepted } = service;
    const kind = fault === "uncheckable" ? "uncheckable-statement" : "unfit-statement";
    return (
        <>
            <p className={css.alert}>{fault === "uncheckable" ? words.uncheckableWhy : words[fault]}</p>
            {!accepted && <Button onClick={() => labels.accept({ kind, userId })}>{words.goOn}</Button>}
        </>
    );
}

function DeviceRow({ device: { name, since, here, run }, strange }: { device: Device; strange: boolean }) {
    const service = useWords(serviceWords);
    const words = useWords(detailsWords);
    const language = useLanguage();
    const Icon = strange ? ShieldAlert : MonitorSmartphone;
    const known = here ? words.here : words.since(day(since, language, Date.now()));
    return (
        <li className={css.device} data-strange={strange}>
            <Icon aria-hidden="true" size="1.25em" />
            <span>
                {name || words.namelessDevice}
                <span className={css.soft}> · {known}</span>
                {run && (
                    <span className={css.soft}>
                        {" · "}
                        {run.by === null
                            ? service.byItself(run.purpose, countryName(run.country, language))
                            : service.byHost(run.by, run.purpose, countryName(run.country, language))}
                    </span>
                )}
                {strange && <strong className={css.alert}>{words.strange}</strong>}
            </span>
        </li>
    );
}
