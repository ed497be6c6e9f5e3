/* `/design`: every component in every state, for whoever changes one. */

import "./design/tokens.css";
import "./design/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { Gallery } from "./gallery/gallery.tsx";
import { LanguageContext } from "./i18n/language.tsx";
import { preferred } from "./i18n/words.ts";

const language = preferred(navigator.languages);
document.documentElement.lang = language;

const place = document.getElementById("app");
if (place === null) throw new Error("The page has a place for the gallery.");
createRoot(place).render(
    <StrictMode>
        <LanguageContext value={language}>
            <Gallery />
        </LanguageContext>
    </StrictMode>,
);
