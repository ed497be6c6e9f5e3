/* About the app: its version, and in plain words what the server sees. */

import { version } from "../../../package.json" with { type: "json" };
import { aboutWords } from "../../i18n/about_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { meWords } from "../../i18n/me_words.ts";
import css from "./me.module.css";
import { Page, Section } from "./page.tsx";

const SEEN = ["who", "when", "which", "read", "profile", "files", "devices"] as const;

export function About() {
    const words = useWords(aboutWords);
    const { about } = useWords(meWords);
    return (
        <Page title={about}>
            <p>{words.version(version)}</p>
            <Section title={words.sees}>
                <p>{words.seesIntro}</p>
                <ul className={css.facts}>
                    {SEEN.map((each) => (
                        <li key={each}>{words[each]}</li>
                    ))}
                </ul>
            </Section>
            <Section title={words.never}>
                <p>{words.neverText}</p>
            </Section>
            <a href="/_amanat/server" target="_blank" rel="noreferrer">
                {words.source}
            </a>
        </Page>
    );
}
