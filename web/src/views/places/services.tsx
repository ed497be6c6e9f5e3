/* The offices and businesses one talks with. */

import { useState } from "react";

import { Empty } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { placesWords } from "../../i18n/places_words.ts";
import type { ChatList } from "../../viewmodels/chat_list.ts";
import type { ServicesPlace, ServicesState } from "../../viewmodels/places.ts";
import { ChatMenu } from "../chats/chat_menu.tsx";
import { ByHandle } from "../chats/new_chat.tsx";
import { Rows } from "../chats/rows.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./places.module.css";

type Chat = ServicesState["chats"][number];

export function ServicesView({ services, list }: { services: ServicesPlace; list: ChatList }) {
    const { chats } = useViewModel(services);
    const words = useWords(placesWords);
    const [menuOf, setMenuOf] = useState<Chat | null>(null);
    return (
        <>
            <h1 className={css.head}>{words.services}</h1>
            {chats.length === 0 && (
                <Empty title={words.noServices}>
                    <p>{words.noServicesAbout}</p>
                    <div className={css.ways}>
                        <ByHandle newChat={list.newChat} />
                    </div>
                </Empty>
            )}
            {chats.length > 0 && <Rows chats={chats} open={undefined} onMenu={setMenuOf} />}
            {menuOf && <ChatMenu list={list} chat={menuOf} onClose={() => setMenuOf(null)} />}
        </>
    );
}
