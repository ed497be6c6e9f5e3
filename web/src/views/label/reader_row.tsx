/* One person who holds the keys of a chat, with their devices and with what is to be done about them. */

import { MonitorSmartphone, ShieldAlert } from "lucide-react";

import { Button } from "../../design/button.tsx";
import { day } from "../../i18n/dates.ts";
import { detailsWords } from "../../i18n/details_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import type { ChatDetails } from "../../viewmodels/chat_details.ts";
import type { Device, Reader } from "../../viewmodels/chat_labels.ts";
import { Face } from "../face.tsx";
import css from "./details.module.css";
import { useLabels } from "./labels_context.ts";

type RowProps = { reader: Reader; details: ChatDetails };

export function ReaderRow({ reader, details }: RowProps) {
    const words = useWords(detailsWords);
    const { userId, name, picture, me, known, compared, devices, identity } = reader;
    const strange = identity !== "none" && devices.some(({ signed }) => !signed);
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
    const unknown = identity === "published" && devices.some(({ signed, leftOut }) => !signed && !leftOut);
    return (
        <>
            {identity === "none" && <p className={css.warn}>{words.unchecked(name)}</p>}
            {identity === "changed" && <p className={css.alert}>{words.changed(name)}</p>}
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
                <DeviceRow key={device.id} device={device} strange={identity !== "none" && !device.signed} />
            ))}
        </ul>
    );
}

function DeviceRow({ device: { name, since, here }, strange }: { device: Device; strange: boolean }) {
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
                {strange && <strong className={css.alert}>{words.strange}</strong>}
            </span>
        </li>
    );
}
