/* The phones and computers that one is signed in on. What is to be done about one is done on the server's pages. */

import { KeyRound, Landmark, MonitorSmartphone, QrCode, ShieldQuestionMark } from "lucide-react";
import { useEffect } from "react";

import { Button } from "../../design/button.tsx";
import { Banner, Skeleton } from "../../design/states.tsx";
import { designWords } from "../../i18n/design_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { meWords } from "../../i18n/me_words.ts";
import type { Me } from "../../viewmodels/me.ts";
import type { MyDevicesState } from "../../viewmodels/my_devices.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";
import { Page } from "./page.tsx";
import { PageLink } from "./page_link.tsx";

type Device = NonNullable<MyDevicesState["devices"]>[number];

export function Devices({ me }: { me: Me }) {
    const { devices, failed } = useViewModel(me.devices);
    const words = useWords(meWords);
    const general = useWords(designWords);
    useEffect(() => void me.devices.look(), [me]);
    return (
        <Page title={words.devices}>
            <p>{words.devicesAbout}</p>
            {failed && (
                <Banner kind="danger" act={<Button onClick={() => me.devices.look()}>{words.again}</Button>}>
                    {words.failed}
                </Banner>
            )}
            {devices === null && !failed && <Skeleton label={general.loading} rows={3} />}
            <ul className={css.rows} aria-label={words.devices}>
                {devices?.map((device) => (
                    <DeviceRow key={device.id} me={me} device={device} />
                ))}
            </ul>
            <a className={css.row} href="#/me/link">
                <QrCode aria-hidden="true" />
                <span>{words.link}</span>
            </a>
            <a className={css.row} href="#/me/recovery">
                <KeyRound aria-hidden="true" />
                <span>{words.newCode}</span>
            </a>
            {!me.service.isService && (
                <a className={css.row} href="#/me/service">
                    <Landmark aria-hidden="true" />
                    <span>
                        {words.become}
                        <span className={css.soft}>{words.becomeShort}</span>
                    </span>
                </a>
            )}
            <PageLink me={me} act={{ action: "org.matrix.devices_list" }} title={words.allDevices} />
        </Page>
    );
}

function DeviceRow({ me, device }: { me: Me; device: Device }) {
    const words = useWords(meWords);
    const { app, current } = device;
    const strange = app === null || !app.known;
    const Icon = strange ? ShieldQuestionMark : MonitorSmartphone;
    return (
        <li>
            <div className={`${css.row} ${css.device}`}>
                <Icon aria-hidden="true" />
                <span>
                    <strong>{device.name || app?.name || words.nameless}</strong>
                    <span className={css.soft}>
                        {[strange && app && `${app.name} (${app.host})`, words[device.seen]]
                            .filter(Boolean)
                            .join(" · ")}
                    </span>
                    {current && <span className={`${css.mark} ${css.here}`}>{words.thisOne}</span>}
                    {strange && <span className={`${css.mark} ${css.strange}`}>{words.unknownApp}</span>}
                    {strange && (
                        <span className={css.soft}>{app === null ? words.silentAppAbout : words.unknownAppAbout}</span>
                    )}
                </span>
                {!current && (
                    <PageLink
                        me={me}
                        act={{ action: "org.matrix.device_delete", deviceId: device.id }}
                        title={words.signItOut}
                    />
                )}
            </div>
        </li>
    );
}
