/* What a message sells: one thing as a card, several behind a button. */

import { useEffect, useState } from "react";

import { Button } from "../../design/button.tsx";
import { useWords } from "../../i18n/language.tsx";
import { shopWords } from "../../i18n/shop_words.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import type { Ordering, Product, Products } from "../../viewmodels/ordering.ts";
import { OrderSheet } from "./order_sheet.tsx";
import { ProductPicture } from "./product_picture.tsx";
import { ProductWords } from "./product_words.tsx";
import { ProductsSheet } from "./products_sheet.tsx";
import css from "./shop.module.css";

type OfferedProps = { acts: MessageActs; message: LogMessage; products: Products };

export function OfferedProducts({ acts, message, products }: OfferedProps) {
    const words = useWords(shopWords);
    const [open, setOpen] = useState(false);
    const [ordering, setOrdering] = useState<Ordering | null>(null);
    useEffect(() => () => ordering?.dispose(), [ordering]);
    const items = products.sections.flatMap((section) => section.items);
    const [only] = items.length === 1 && products.button === "" ? items : [];
    const canOrder = products.cart && !message.mine && items.some(({ available }) => available);
    const show = () => {
        setOrdering(acts.order(message));
        setOpen(true);
    };
    const close = () => {
        setOpen(false);
        setOrdering(null);
    };
    const ask = (product?: Product) => {
        close();
        acts.ask(message, product);
    };
    const sheet = { name: only?.title ?? words.catalogue, onClose: close, onAsk: message.mine ? null : ask };
    return (
        <div className={css.offer}>
            {products.header !== "" && <strong className={css.header}>{products.header}</strong>}
            {only === undefined ? <Several items={items} /> : <Single product={only} />}
            {products.footer !== "" && <p className={css.footer}>{products.footer}</p>}
            <div className={css.acts}>
                {(only === undefined || canOrder) && (
                    <Button kind="main" onClick={show}>
                        {only === undefined ? products.button || words.see(items.length) : words.order}
                    </Button>
                )}
                {!message.mine && <Button onClick={() => ask(only)}>{words.ask}</Button>}
            </div>
            {open && <Opened products={products} ordering={canOrder ? ordering : null} {...sheet} />}
        </div>
    );
}

type OpenedProps = {
    products: Products;
    ordering: Ordering | null;
    /** Of what is sold, where the message has no title. */
    name: string;
    onClose: () => void;
    onAsk: ((product: Product) => void) | null;
};

function Opened({ ordering, products, name, onAsk, onClose }: OpenedProps) {
    const sheet = { title: products.header || name, onClose };
    if (ordering === null || onAsk === null) return <ProductsSheet products={products} onAsk={onAsk} {...sheet} />;
    return <OrderSheet ordering={ordering} onAsk={onAsk} {...sheet} />;
}

function Single({ product }: { product: Product }) {
    return (
        <>
            {product.picture !== null && <ProductPicture large picture={product.picture} title={product.title} />}
            <ProductWords product={product} />
        </>
    );
}

/** So many pictures stand beside each other. */
const PREVIEWS = 3;

function Several({ items }: { items: readonly Product[] }) {
    const shown = items.filter(({ picture }) => picture !== null).slice(0, PREVIEWS);
    const named = items.slice(0, PREVIEWS).map(({ title }) => title);
    return (
        <>
            {shown.length > 0 && (
                <div className={css.previews}>
                    {shown.map(({ id, picture, title }) => (
                        <ProductPicture key={id} picture={picture} title={title} />
                    ))}
                </div>
            )}
            <p className={css.text}>
                {named.join(", ")}
                {items.length > named.length && "…"}
            </p>
        </>
    );
}
