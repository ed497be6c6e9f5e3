/* Where the app begins: the first screen at once, then what speaks Matrix. */

import "./design/tokens.css";
import "./design/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { preferred } from "./i18n/words.ts";
import { answerIn } from "./matrix/session/answer.ts";
import { browserNavigation } from "./platform/navigation.ts";
import { browserOnline } from "./platform/online.ts";
import { wear } from "./platform/page_look.ts";
import { watchBuilds } from "./platform/service_worker.ts";
import { ownScript } from "./platform/trusted_types.ts";
import { App } from "./viewmodels/app.ts";
import { Look } from "./viewmodels/look.ts";
import { AppView } from "./views/app.tsx";
import { Spoken } from "./views/spoken.tsx";
import syncStore from "./worker/sync_store.ts?worker&url";

const answer = answerIn(location.hash);
// The code is used up at once: a reload must not send it again.
if (answer !== null) history.replaceState(null, "", "/");

const usual = preferred(navigator.languages);
const look = new Look();
const dress = () => wear({ ...look.value, language: look.value.language ?? usual });
look.subscribe(dress);
dress();

const app = new App({
    origin: location.origin,
    indexedDB,
    startSyncStore: () => new Worker(ownScript(syncStore), { type: "module" }),
    navigation: browserNavigation(),
    leave: (address) => location.assign(address),
    online: browserOnline(),
    look,
    nextBuild: watchBuilds(),
});
addEventListener("visibilitychange", () => document.hidden && void app.save());

const place = document.getElementById("app");
if (place === null) throw new Error("The page has a place for the app.");
const root = createRoot(place);
void look.load().then(() =>
    root.render(
        <StrictMode>
            <Spoken look={look} usual={usual}>
                <AppView app={app} />
            </Spoken>
        </StrictMode>,
    ),
);

void app.start(answer);
