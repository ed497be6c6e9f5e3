/* What a message sells, how many of each somebody takes, and what that comes to. What was begun stays when it is closed. */

import { type FormEvent, useEffect } from "react";

import { Button } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Banner } from "../../design/states.tsx";
import { Stepper } from "../../design/stepper.tsx";
import { TextArea } from "../../design/text_area.tsx";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { price } from "../../i18n/money.ts";
import { shopWords } from "../../i18n/shop_words.ts";
import { MAX_NOTE, MAX_QUANTITY, type Ordering, type OrderingState, type Product } from "../../viewmodels/ordering.ts";
import { useViewModel } from "../use_view_model.ts";
import { ProductPicture } from "./product_picture.tsx";
import { ProductWords } from "./product_words.tsx";
import css from "./shop.module.css";

type SheetProps = {
    ordering: Ordering;
    title: string;
    onClose: () => void;
    onAsk: (product: Product) => void;
};

export function OrderSheet({ ordering, title, onClose, onAsk }: SheetProps) {
    const state = useViewModel(ordering);
    const words = useWords(shopWords);
    const { sections, count, note, sending, trouble, sent } = state;
    useEffect(() => {
        if (sent) onClose();
    }, [sent, onClose]);
    const send = (event: FormEvent) => {
        event.preventDefault();
        void ordering.send();
    };
    return (
        <Sheet title={title} onClose={onClose}>
            <form className={css.order} onSubmit={send}>
                {sections.map((section, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: two sections may be called alike
                    <section key={place} className={css.section}>
                        {section.title !== "" && <h3>{section.title}</h3>}
                        <ul className={css.lines}>
                            {section.lines.map((line) => (
                                <Line
                                    key={line.product.id}
                                    line={line}
                                    onChange={(quantity) => ordering.set(line.product.id, quantity)}
                                    onAsk={() => onAsk(line.product)}
                                />
                            ))}
                        </ul>
                    </section>
                ))}
                <TextArea
                    label={words.note}
                    value={note}
                    maxLength={MAX_NOTE}
                    rows={2}
                    onChange={({ currentTarget }) => ordering.write(currentTarget.value)}
                />
                {trouble && <Banner kind="warning">{words.notKept}</Banner>}
                <div className={css.summary}>
                    <Summary state={state} />
                    <Button type="submit" kind="main" busy={sending} disabled={count === 0}>
                        {words.send}
                    </Button>
                </div>
            </form>
        </Sheet>
    );
}

type Line = OrderingState["sections"][number]["lines"][number];

type LineProps = { line: Line; onChange: (quantity: number) => void; onAsk: () => void };

function Line({ line: { product, quantity }, onChange, onAsk }: LineProps) {
    const words = useWords(shopWords);
    return (
        <li className={css.line}>
            <ProductPicture picture={product.picture} title={product.title} />
            <ProductWords product={product} onAsk={onAsk} />
            {product.available && (
                <Stepper
                    label={words.quantity(product.title)}
                    less={words.less(product.title)}
                    more={words.more(product.title)}
                    value={quantity}
                    most={MAX_QUANTITY}
                    onChange={onChange}
                />
            )}
        </li>
    );
}

function Summary({ state: { count, totals, unpriced } }: { state: OrderingState }) {
    const words = useWords(shopWords);
    const language = useLanguage();
    if (count === 0) return <p role="status">{words.nothing}</p>;
    return (
        <p role="status">
            {words.count(count)}
            {totals.length > 0 && (
                <>
                    {" · "}
                    <strong>
                        {words.total} {totals.map((total) => price(total, language)).join(" + ")}
                    </strong>
                </>
            )}
            {unpriced && <small>{words.unpriced}</small>}
        </p>
    );
}
