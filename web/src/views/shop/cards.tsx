/* Cards beside each other: swiped, turned with arrow keys, or with the buttons below. */

import { ChevronLeft, ChevronRight } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, useRef } from "react";

import { IconButton } from "../../design/button.tsx";
import { Choices } from "../../design/choices.tsx";
import { useWords } from "../../i18n/language.tsx";
import { shopWords } from "../../i18n/shop_words.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import { Address } from "../chat/address.tsx";
import { Film } from "../media/film.tsx";
import css from "./cards.module.css";
import { ProductPicture } from "./product_picture.tsx";
import { ProductWords } from "./product_words.tsx";

type Card = NonNullable<LogMessage["cards"]>[number];
/** `menu` holds what the buttons answer; null where one cannot answer. */
type CardsProps = { cards: readonly Card[]; menu: LogMessage["menu"]; onChoose: (choiceId: string) => void };

const TURNS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowRight: 1 };

export function Cards({ cards, menu, onChoose }: CardsProps) {
    const words = useWords(shopWords);
    const row = useRef<HTMLUListElement>(null);
    const turn = (by: 1 | -1) => {
        const width = row.current?.firstElementChild?.getBoundingClientRect().width ?? 0;
        const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
        row.current?.scrollBy({ left: by * width, behavior: smooth ? "smooth" : "instant" });
    };
    const onKey = (event: KeyboardEvent) => {
        const by = TURNS[event.key];
        if (by === undefined) return;
        event.preventDefault();
        turn(by);
    };
    return (
        <div
            className={css.cards}
            role="group"
            aria-roledescription={words.carousel}
            aria-label={words.cards(cards.length)}
        >
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who turns with the keyboard needs to get here */}
            <ul ref={row} className={css.row} data-swiped="true" tabIndex={0} onKeyDown={onKey}>
                {cards.map((card, place) => (
                    <li
                        // biome-ignore lint/suspicious/noArrayIndexKey: cards have no name but their place
                        key={place}
                        className={css.card}
                        aria-label={words.card(place + 1, cards.length)}
                        onFocus={showWhole}
                    >
                        <CardView card={card} menu={menu} onChoose={onChoose} />
                    </li>
                ))}
            </ul>
            <div className={css.turns}>
                <IconButton label={words.before} onClick={() => turn(-1)}>
                    <ChevronLeft aria-hidden="true" />
                </IconButton>
                <IconButton label={words.after} onClick={() => turn(1)}>
                    <ChevronRight aria-hidden="true" />
                </IconButton>
            </div>
        </div>
    );
}

/** Browsers show the button that has the focus, and may leave its card cut off. */
function showWhole({ currentTarget }: FocusEvent): void {
    currentTarget.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function CardView({
    card: { media, text, buttons, product },
    menu,
    onChoose,
}: Omit<CardsProps, "cards"> & { card: Card }) {
    const words = useWords(shopWords);
    const choices = buttons.flatMap((button) =>
        button.kind === "choice" ? [{ id: button.id, title: button.label, description: "" }] : [],
    );
    return (
        <>
            {media?.kind === "video" ? (
                <div className={css.film}>
                    <Film body={media} />
                </div>
            ) : (
                media !== null && <ProductPicture large picture={media} title={media.name} />
            )}
            {product !== null && <ProductWords product={product} />}
            {text !== "" && <p className={css.text}>{text}</p>}
            <div className={css.buttons}>
                {choices.length > 0 && (
                    <Choices
                        label={text || product?.title || ""}
                        choices={choices}
                        chosen={menu?.chosen ?? null}
                        chosenLabel={words.chosen}
                        closed={menu?.state !== "open"}
                        onChoose={onChoose}
                    />
                )}
                {buttons.map(
                    (button) =>
                        button.kind === "link" && (
                            <span key={button.url} className={css.link}>
                                <Address href={button.url}>{button.label}</Address>
                            </span>
                        ),
                )}
            </div>
        </>
    );
}
