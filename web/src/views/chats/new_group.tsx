/* A new group: its name, what it is about, and who is in it. */

import { X } from "lucide-react";
import { type FormEvent, useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { useWords } from "../../i18n/language.tsx";
import { newChatWords } from "../../i18n/new_chat_words.ts";
import type { NewChat } from "../../viewmodels/new_chat.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat_list.module.css";
import { NewTimer } from "./new_timer.tsx";

type Problem = "nobody" | "failed" | null;

export function NewGroup({ newChat, onDone }: { newChat: NewChat; onDone: () => void }) {
    const words = useWords(newChatWords);
    const [name, setName] = useState("");
    const [topic, setTopic] = useState("");
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<"needsName" | "failed" | null>(null);
    const make = async (event: FormEvent) => {
        event.preventDefault();
        if (name.trim() === "") return setProblem("needsName");
        setBusy(true);
        if ((await newChat.makeGroup(name, topic)) === null) return onDone();
        setProblem("failed");
        setBusy(false);
    };
    return (
        <>
            <form id="new-group" className={css.form} onSubmit={make}>
                <TextField
                    label={words.groupName}
                    hint={words.groupNameHint}
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
                <NewTimer newChat={newChat} />
            </form>
            <People newChat={newChat} />
            <Button kind="main" wide type="submit" form="new-group" busy={busy}>
                {words.make}
            </Button>
        </>
    );
}

function People({ newChat }: { newChat: NewChat }) {
    const words = useWords(newChatWords);
    const { contacts, chosen } = useViewModel(newChat);
    const [handle, setHandle] = useState("");
    const [problem, setProblem] = useState<Problem>(null);
    const strangers = chosen.filter(({ userId }) => !contacts.some((each) => each.userId === userId));
    const add = async (event: FormEvent) => {
        event.preventDefault();
        const found = await newChat.add(handle);
        setProblem(found);
        if (found === null) setHandle("");
    };
    return (
        <>
            <fieldset className={css.choices}>
                <legend>{words.people}</legend>
                {contacts.map((person) => (
                    <label key={person.userId} className={css.choice}>
                        <input
                            type="checkbox"
                            checked={chosen.includes(person)}
                            onChange={() => newChat.toggle(person)}
                        />
                        {person.name}
                    </label>
                ))}
                {strangers.map((person) => (
                    <span key={person.userId} className={css.choice}>
                        <span className={css.grow}>{person.name}</span>
                        <IconButton label={person.name} onClick={() => newChat.toggle(person)}>
                            <X aria-hidden="true" />
                        </IconButton>
                    </span>
                ))}
            </fieldset>
            <form className={css.beside} onSubmit={add}>
                <TextField
                    label={words.addHandle}
                    value={handle}
                    autoCapitalize="none"
                    autoComplete="off"
                    error={problem && words[problem]}
                    onChange={(event) => setHandle(event.currentTarget.value)}
                />
                <Button type="submit">{words.add}</Button>
            </form>
        </>
    );
}
