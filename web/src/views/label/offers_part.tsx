/* The part of a chat's details where one lets a business send offers, and takes that back. */

import { Switch } from "../../design/field.tsx";
import { useWords } from "../../i18n/language.tsx";
import { offersWords } from "../../i18n/offers_words.ts";
import type { Offers } from "../../viewmodels/offers.ts";
import { Part } from "../part.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./details.module.css";

export function OffersPart({ offers }: { offers: Offers }) {
    const { offered, wanted, waiting, failed } = useViewModel(offers);
    const words = useWords(offersWords);
    if (!offered) return null;
    return (
        <Part title={words.title}>
            <Switch
                label={words.wanted}
                hint={words.about}
                checked={wanted}
                onChange={(chosen) => void offers.choose(chosen, chosen ? words.yes : words.no)}
            />
            <p className={css.soft} role="status">
                {waiting ? words.waiting : ""}
            </p>
            {failed && (
                <p className={css.alert} role="alert">
                    {words.failed}
                </p>
            )}
        </Part>
    );
}
