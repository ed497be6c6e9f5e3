/* Where the app begins: the first screen at once, then what speaks Matrix. */

import "./design/tokens.css";
import "./design/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { LanguageContext } from "./i18n/language.tsx";
import { preferred } from "./i18n/words.ts";
import { answerIn } from "./matrix/answer.ts";
import { browserNavigation } from "./platform/navigation.ts";
import { browserOnline } from "./platform/online.ts";
import { registerServiceWorker } from "./platform/service_worker.ts";
import { App } from "./viewmodels/app.ts";
import { AppView } from "./views/app.tsx";

const answer = answerIn(location.hash);
// The code is used up at once: a reload must not send it again.
if (answer !== null) history.replaceState(null, "", "/");

const language = preferred(navigator.languages);
document.documentElement.lang = language;

const app = new App({
    origin: location.origin,
    indexedDB,
    navigation: browserNavigation(),
    leave: (address) => location.assign(address),
    online: browserOnline(),
});
addEventListener("visibilitychange", () => document.hidden && void app.save());

const place = document.getElementById("app");
if (place === null) throw new Error("The page has a place for the app.");
createRoot(place).render(
    <StrictMode>
        <LanguageContext value={language}>
            <AppView app={app} />
        </LanguageContext>
    </StrictMode>,
);

void app.start(answer);
void registerServiceWorker();
