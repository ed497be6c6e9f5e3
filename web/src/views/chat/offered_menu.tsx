/* What a message lets one choose: a few buttons below it, or one that opens a list. */

import { MapPin, Phone } from "lucide-react";
import { useState } from "react";

import { Choices } from "../../design/choices.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { menuWords } from "../../i18n/menu_words.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import css from "./offered_menu.module.css";

/** What a choice shares, which is more than its words. */
const ICONS = { phone: <Phone aria-hidden="true" size="1.25em" />, place: <MapPin aria-hidden="true" size="1.25em" /> };

type Menu = NonNullable<LogMessage["menu"]>;
type MenuProps = { menu: Menu; onChoose: (choiceId: string) => void };

export function OfferedMenu(props: MenuProps) {
    const words = useWords(menuWords);
    const language = useLanguage();
    const choices = props.menu.choices.map((each) => ({
        ...each,
        title: each.titles?.[language] ?? each.title,
        icon: each.wants === undefined ? null : ICONS[each.wants],
    }));
    const menu = { ...props.menu, choices };
    return (
        <div className={css.menu}>
            {menu.style === "buttons" ? <Few {...props} menu={menu} /> : <Many {...props} menu={menu} />}
            {menu.state === "passed" && <p className={css.passed}>{words.passed}</p>}
        </div>
    );
}

function Few({ menu: { choices, chosen, state }, onChoose }: MenuProps) {
    const words = useWords(menuWords);
    return (
        <Choices
            label={words.choices}
            choices={choices}
            chosen={chosen}
            chosenLabel={words.chosen}
            closed={state !== "open"}
            onChoose={onChoose}
        />
    );
}

function Many({ menu: { choices, chosen, state }, onChoose }: MenuProps) {
    const words = useWords(menuWords);
    const [open, setOpen] = useState(false);
    const taken = choices.find(({ id }) => id === chosen);
    const choose = (id: string) => {
        setOpen(false);
        onChoose(id);
    };
    if (state === "passed") return null;
    return (
        <>
            {/* One button, open or answered: whoever comes back from the list finds the focus where it was. */}
            <Choices
                label={words.choices}
                choices={[{ id: "menu", title: taken?.title ?? words.see(choices.length), description: "" }]}
                chosen={taken === undefined ? null : "menu"}
                chosenLabel={words.chosen}
                closed={taken !== undefined}
                onChoose={() => setOpen(true)}
            />
            {open && taken === undefined && (
                <Sheet title={words.choices} onClose={() => setOpen(false)}>
                    <Choices
                        label={words.choices}
                        choices={choices}
                        chosen={null}
                        chosenLabel={words.chosen}
                        closed={false}
                        onChoose={choose}
                    />
                </Sheet>
            )}
        </>
    );
}
