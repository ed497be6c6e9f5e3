/* What one does to a group as a whole: rename it, invite somebody. */

import { type FormEvent, useState } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { groupWords } from "../../i18n/group_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { pictureWords } from "../../i18n/picture_words.ts";
import type { Approached } from "../../viewmodels/approach.ts";
import type { GroupPage } from "../../viewmodels/group_page.ts";
import { LabelLine } from "../label/label_line.tsx";
import { PicturePick } from "../picture_pick.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./group.module.css";

type Given = { group: GroupPage; onClose: () => void };

export function EditSheet({ group, onClose }: Given) {
    const { name: oldName, picture, topic: oldTopic, busy, problem } = useViewModel(group);
    const words = useWords(groupWords);
    const { groups } = useWords(pictureWords);
    const [name, setName] = useState(oldName);
    const [topic, setTopic] = useState(oldTopic);
    const save = async (event: FormEvent) => {
        event.preventDefault();
        const renamed = name === oldName || name.trim() === "" || (await group.rename(name));
        if (renamed && (topic === oldTopic || (await group.describe(topic)))) onClose();
    };
    return (
        <Sheet title={words.edit} onClose={onClose}>
            <PicturePick
                picture={picture}
                id={group.roomId}
                name={oldName}
                hint={groups}
                show={(chosen) => group.picture(chosen)}
            />
            <form className={css.form} onSubmit={save}>
                <TextField
                    label={words.name}
                    value={name}
                    maxLength={100}
                    error={problem && words[problem]}
                    onChange={(event) => setName(event.currentTarget.value)}
                />
                <TextField
                    label={words.topic}
                    value={topic}
                    maxLength={500}
                    onChange={(event) => setTopic(event.currentTarget.value)}
                />
                <Button kind="main" wide type="submit" busy={busy}>
                    {words.save}
                </Button>
            </form>
        </Sheet>
    );
}

export function InviteSheet({ group, onClose }: Given) {
    const { busy, problem, service } = useViewModel(group);
    const words = useWords(groupWords);
    const [handle, setHandle] = useState("");
    const invite = async (event: FormEvent) => {
        event.preventDefault();
        if (await group.invite(handle)) onClose();
    };
    if (service !== null) return <BringInSheet group={group} service={service} onClose={onClose} />;
    return (
        <Sheet title={words.invite} onClose={onClose}>
            <form className={css.form} onSubmit={invite}>
                <TextField
                    label={words.handle}
                    hint={words.handleHint}
                    value={handle}
                    autoCapitalize="none"
                    autoComplete="off"
                    error={problem && words[problem]}
                    onChange={(event) => setHandle(event.currentTarget.value)}
                />
                <Button kind="main" wide type="submit" busy={busy}>
                    {words.send}
                </Button>
            </form>
        </Sheet>
    );
}

/** A service that one is about to bring in: who runs it, and what that means for everybody. */
function BringInSheet({ group, service: { name, label }, onClose }: Given & { service: Approached }) {
    const { busy, problem } = useViewModel(group);
    const words = useWords(groupWords);
    const close = () => {
        group.turnAway();
        onClose();
    };
    const bringIn = async () => {
        if (await group.bringIn()) onClose();
    };
    return (
        <Sheet title={words.bringInTitle(name)} onClose={close}>
            {/* Of one that runs itself its line says no more than its name. */}
            {label.kind !== "self-hosted" && <LabelLine label={label} />}
            <p>{words.bringInAbout(name)}</p>
            {problem && <p role="alert">{words[problem]}</p>}
            <Button kind="main" wide busy={busy} onClick={bringIn}>
                {words.bringIn}
            </Button>
            <Button wide onClick={close}>
                {words.turnAway}
            </Button>
        </Sheet>
    );
}
