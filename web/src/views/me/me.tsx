/* Me: who one is, and the way to everything that can be set. */

import {
    Bell,
    Database,
    HardDrive,
    Info,
    Keyboard,
    Landmark,
    Languages,
    LockKeyhole,
    type LucideIcon,
    MonitorSmartphone,
    Search,
    ShieldCheck,
    UserRound,
} from "lucide-react";
import { useEffect, useState } from "react";

import { Button } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Badge } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { meWords } from "../../i18n/me_words.ts";
import type { Home } from "../../viewmodels/home.ts";
import type { MePage } from "../../viewmodels/me.ts";
import { Face } from "../face.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";

const ICONS: Record<MePage, LucideIcon> = {
    search: Search,
    profile: UserRound,
    devices: MonitorSmartphone,
    privacy: ShieldCheck,
    notifications: Bell,
    lock: LockKeyhole,
    service: Landmark,
    look: Languages,
    storage: HardDrive,
    data: Database,
    shortcuts: Keyboard,
    about: Info,
};

export function MeView({ home, open }: { home: Home; open: string | undefined }) {
    const { me } = home;
    const { name, handle, picture, asked } = useViewModel(me);
    // Whoever has just made a service of it finds it in the list.
    useViewModel(me.service);
    const words = useWords(meWords);
    const [leaving, setLeaving] = useState(false);
    useEffect(() => void me.ask(), [me]);
    return (
        <div className={css.me}>
            <h1>{words.title}</h1>
            <div className={css.card}>
                <Face picture={picture} id={me.userId} name={name} size={64} />
                <span>
                    <span className={css.name}>{name}</span>
                    {handle !== null && <span className={css.soft}>@{handle}</span>}
                </span>
            </div>
            <ul className={css.rows} aria-label={words.pages}>
                {me.listed.map((page) => {
                    const Icon = ICONS[page];
                    return (
                        <li key={page}>
                            <a
                                className={css.row}
                                href={`#/me/${page}`}
                                aria-current={page === open ? "page" : undefined}
                            >
                                <Icon aria-hidden="true" />
                                <span>
                                    {words[page]}
                                    <span className={css.soft}>{words[`${page}Short`]}</span>
                                </span>
                                {page === "data" && asked > 0 && <Badge count={asked} label={words.asked(asked)} />}
                            </a>
                        </li>
                    );
                })}
            </ul>
            <Button kind="danger" onClick={() => setLeaving(true)}>
                {words.signOut}
            </Button>
            {leaving && <SignOut home={home} onClose={() => setLeaving(false)} />}
        </div>
    );
}

/** It cannot be undone: says what goes, and what brings it back. */
function SignOut({ home, onClose }: { home: Home; onClose: () => void }) {
    const words = useWords(meWords);
    const [busy, setBusy] = useState(false);
    const leave = async () => {
        setBusy(true);
        await home.signOut();
        onClose();
    };
    return (
        <Sheet title={words.signOutTitle} onClose={onClose}>
            <p>{words.signOutAbout}</p>
            <Button kind="danger" wide busy={busy} onClick={leave}>
                {words.signOutDo}
            </Button>
            <Button wide onClick={onClose}>
                {words.stay}
            </Button>
        </Sheet>
    );
}
