/* What is said of something that is sold: its name, its price, and that there is none left. */

import { Button } from "../../design/button.tsx";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { price } from "../../i18n/money.ts";
import { shopWords } from "../../i18n/shop_words.ts";
import type { Product } from "../../viewmodels/ordering.ts";
import { Address } from "../chat/address.tsx";
import css from "./shop.module.css";

/** `onAsk`, where one can ask about it. */
export function ProductWords({ product, onAsk }: { product: Product; onAsk?: () => void }) {
    const words = useWords(shopWords);
    const language = useLanguage();
    const condition = product.condition === null ? "" : words[product.condition];
    const said = [product.brand, condition].filter((each) => each !== "").join(" · ");
    return (
        <div className={css.words}>
            <strong>{product.title}</strong>
            {said !== "" && <span className={css.said}>{said}</span>}
            {product.price !== null && <span className={css.price}>{price(product.price, language)}</span>}
            {!product.available && <span className={css.soldOut}>{words.soldOut}</span>}
            {product.text !== "" && <p className={css.text}>{product.text}</p>}
            {(product.url !== "" || onAsk !== undefined) && (
                <span className={css.further}>
                    {product.url !== "" && <Address href={product.url}>{words.pageShort}</Address>}
                    {onAsk !== undefined && (
                        <Button kind="plain" aria-label={words.askAbout(product.title)} onClick={onAsk}>
                            {words.ask}
                        </Button>
                    )}
                </span>
            )}
        </div>
    );
}
