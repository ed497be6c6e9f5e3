/* Where the staff desk begins. */

import "../design/tokens.css";
import "../design/base.css";
import "../design/compact.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { preferred } from "../i18n/words.ts";
import { browserNavigation } from "../platform/navigation.ts";
import { wear } from "../platform/page_look.ts";
import { Look } from "../viewmodels/look.ts";
import { Spoken } from "../views/spoken.tsx";
import { Desk } from "./viewmodels/desk.ts";
import { openKept } from "./viewmodels/kept.ts";
import { DeskView } from "./views/desk.tsx";

const problem = new URLSearchParams(location.search).get("problem");
// It is told once: a reload must not say it again.
if (location.search !== "") history.replaceState(null, "", `/${location.hash}`);

const usual = preferred(navigator.languages);
const look = new Look();
const dress = () => wear({ ...look.value, language: look.value.language ?? usual });
look.subscribe(dress);
dress();

/** Return the date on the wall in a zone, as `2026-01-05`. */
function today(zone: string): string {
    // Of all languages, Swedish writes dates as computers do.
    return new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(Date.now());
}

function wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
        setTimeout(resolve, ms);
        signal?.addEventListener("abort", () => resolve(), { once: true });
    });
}

const desk = new Desk({
    fetch: (path, how) => fetch(path, how),
    navigation: browserNavigation(),
    leave: (address) => location.assign(address),
    openKept,
    mint: () => crypto.randomUUID(),
    today,
    now: () => Date.now(),
    wait,
});

const place = document.getElementById("app");
if (place === null) throw new Error("The page has a place for the desk.");
const root = createRoot(place);
void look.load().then(() =>
    root.render(
        <StrictMode>
            <Spoken look={look} usual={usual}>
                <DeskView desk={desk} look={look} />
            </Spoken>
        </StrictMode>,
    ),
);

void desk.start(problem);
