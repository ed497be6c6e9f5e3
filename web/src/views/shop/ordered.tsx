/* An order that was sent: what was taken of the offer, what it comes to, and the note with it. */

import { ShoppingBag } from "lucide-react";

import { useLanguage, useWords } from "../../i18n/language.tsx";
import { price } from "../../i18n/money.ts";
import { shopWords } from "../../i18n/shop_words.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import { type Products, productOf, totalOf } from "../../viewmodels/ordering.ts";
import css from "./shop.module.css";

type Order = NonNullable<LogMessage["order"]>;

/** `text` says it in words, for where the offer is not here. */
export function Ordered({ order, text }: { order: Order; text: string }) {
    const words = useWords(shopWords);
    return (
        <div className={css.ordered}>
            <strong className={css.mark}>
                <ShoppingBag aria-hidden="true" size="1.25em" /> {words.ordered}
            </strong>
            {order.offer === null ? (
                <p className={css.text}>{text}</p>
            ) : (
                <Taken items={order.items} offer={order.offer} note={order.note} />
            )}
        </div>
    );
}

function Taken({ items, offer, note }: Pick<Order, "items" | "note"> & { offer: Products }) {
    const words = useWords(shopWords);
    const language = useLanguage();
    const lines = items.flatMap(({ id, quantity }) => {
        const product = productOf(offer, id);
        return product === null ? [] : [{ id, quantity, title: product.title, price: product.price }];
    });
    const totals = totalOf(lines);
    return (
        <>
            <ul className={css.taken}>
                {lines.map((line) => (
                    <li key={line.id}>
                        <span>
                            {line.quantity} × {line.title}
                        </span>
                        <span>{totalOf([line]).map((total) => price(total, language))}</span>
                    </li>
                ))}
                {totals.length > 0 && (
                    <li className={css.total}>
                        <span>{words.total}</span>
                        <span>{totals.map((total) => price(total, language)).join(" + ")}</span>
                    </li>
                )}
            </ul>
            {note !== "" && <p className={css.text}>{note}</p>}
        </>
    );
}
