/* One's own data: who reads it, what one agreed to, taking it along, and the end of it. All on the server's pages. */

import { Badge } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { meWords } from "../../i18n/me_words.ts";
import type { Me } from "../../viewmodels/me.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";
import { Page } from "./page.tsx";
import { PageLink } from "./page_link.tsx";

const PAGES = [
    ["readers", { page: "readers" }],
    ["policies", { page: "policies" }],
    ["held", { page: "data" }],
    ["copy", { page: "data/copy" }],
    ["recovery", { page: "recovery" }],
    ["erase", { action: "org.matrix.account_deactivate" }],
] as const;

export function Data({ me }: { me: Me }) {
    const { asked } = useViewModel(me);
    const words = useWords(meWords);
    return (
        <Page title={words.data}>
            <p className={css.soft}>{words.elsewhere}</p>
            <ul className={css.rows} aria-label={words.data}>
                {PAGES.map(([name, act]) => (
                    <li key={name}>
                        <PageLink me={me} act={act} title={words[name]} about={words[`${name}About`]}>
                            {name === "policies" && asked > 0 && <Badge count={asked} label={words.asked(asked)} />}
                        </PageLink>
                    </li>
                ))}
            </ul>
        </Page>
    );
}
