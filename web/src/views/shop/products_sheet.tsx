/* Everything that a message sells, to be looked at. */

import { Sheet } from "../../design/sheet.tsx";
import type { Product, Products } from "../../viewmodels/ordering.ts";
import { ProductPicture } from "./product_picture.tsx";
import { ProductWords } from "./product_words.tsx";
import css from "./shop.module.css";

type SheetProps = {
    products: Products;
    title: string;
    onClose: () => void;
    /** Null where one cannot ask, as of what one offers oneself. */
    onAsk: ((product: Product) => void) | null;
};

export function ProductsSheet({ products, title, onClose, onAsk }: SheetProps) {
    return (
        <Sheet title={title} onClose={onClose}>
            {products.sections.map((section, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two sections may be called alike
                <section key={place} className={css.section}>
                    {section.title !== "" && <h3>{section.title}</h3>}
                    <ul className={css.lines}>
                        {section.items.map((product) => (
                            <li key={product.id} className={css.line}>
                                <ProductPicture picture={product.picture} title={product.title} />
                                <ProductWords
                                    product={product}
                                    {...(onAsk !== null && { onAsk: () => onAsk(product) })}
                                />
                            </li>
                        ))}
                    </ul>
                </section>
            ))}
        </Sheet>
    );
}
