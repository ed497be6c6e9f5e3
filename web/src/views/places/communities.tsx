/* The communities one is in, each with its chats; and the ways to groups. */

import { UsersRound } from "lucide-react";
import { type FormEvent, useState } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Empty } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { placesWords } from "../../i18n/places_words.ts";
import type { ChatList } from "../../viewmodels/chat_list.ts";
import type { CommunitiesPlace, ShownCommunity } from "../../viewmodels/places.ts";
import { ChatMenu } from "../chats/chat_menu.tsx";
import { NewGroup } from "../chats/new_group.tsx";
import { Row } from "../chats/row.tsx";
import { Face } from "../face.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./places.module.css";

type Chat = ShownCommunity["chats"][number];

export function CommunitiesView({ place, list }: { place: CommunitiesPlace; list: ChatList }) {
    const { communities } = useViewModel(place);
    const words = useWords(placesWords);
    const [menuOf, setMenuOf] = useState<Chat | null>(null);
    return (
        <>
            <h1 className={css.head}>{words.communities}</h1>
            <div className={css.body}>
                {communities.length === 0 && (
                    <Empty title={words.noCommunities}>
                        <p>{words.noCommunitiesAbout}</p>
                    </Empty>
                )}
                {communities.map((each) => (
                    <CommunityPart key={each.roomId} community={each} onMenu={setMenuOf} />
                ))}
                <Ways place={place} list={list} />
            </div>
            {menuOf && <ChatMenu list={list} chat={menuOf} onClose={() => setMenuOf(null)} />}
        </>
    );
}

type PartProps = { community: ShownCommunity; onMenu: (chat: Chat) => void };

function CommunityPart({ community: { roomId, name, picture, chats }, onMenu }: PartProps) {
    const words = useWords(placesWords);
    return (
        <section aria-label={name}>
            <h2 className={css.name}>
                <Face picture={picture} id={roomId} name={name} size={32} />
                {name}
            </h2>
            {chats.length === 0 && <p className={css.soft}>{words.noChats}</p>}
            {chats.length > 0 && (
                <div role="list">
                    {chats.map((chat) => (
                        <Row key={chat.roomId} chat={chat} current={false} onMenu={onMenu} />
                    ))}
                </div>
            )}
        </section>
    );
}

function Ways({ place, list }: { place: CommunitiesPlace; list: ChatList }) {
    const words = useWords(placesWords);
    const [making, setMaking] = useState(false);
    const [link, setLink] = useState("");
    const [wrong, setWrong] = useState(false);
    const open = (event: FormEvent) => {
        event.preventDefault();
        setWrong(!place.open(link));
    };
    const make = () => {
        list.newChat.begin();
        setMaking(true);
    };
    return (
        <div className={css.ways}>
            <Button wide onClick={make}>
                <UsersRound aria-hidden="true" />
                {words.newGroup}
            </Button>
            <form className={css.form} onSubmit={open}>
                <TextField
                    label={words.link}
                    hint={words.linkHint}
                    value={link}
                    inputMode="url"
                    autoCapitalize="none"
                    autoComplete="off"
                    error={wrong ? words.wrongLink : null}
                    onChange={(event) => setLink(event.currentTarget.value)}
                />
                <Button wide type="submit">
                    {words.open}
                </Button>
            </form>
            {making && (
                <Sheet title={words.newGroup} onClose={() => setMaking(false)}>
                    <NewGroup newChat={list.newChat} onDone={() => setMaking(false)} />
                </Sheet>
            )}
        </div>
    );
}
