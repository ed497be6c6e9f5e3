/* The app's few great states, and what the browser gives it. */

import type { Navigation } from "../platform/navigation.ts";
import type { Followed } from "../platform/observable.ts";
import type { NextBuild } from "../platform/service_worker.ts";
import type { Home } from "./home.ts";
import type { LinkIn } from "./link_in.ts";
import type { Look } from "./look.ts";
import type { Unlock } from "./unlock.ts";
import type { Waking } from "./waking.ts";

export type SignInProblem = "denied" | "failed" | "offline";

export type AppState =
    | { screen: "starting" }
    /** The stores are being opened; the list of the last time is there. */
    | { screen: "waking"; waking: Waking }
    | { screen: "welcome"; problem: SignInProblem | null; busy: boolean }
    /** Another tab has the session. */
    | { screen: "elsewhere" }
    /** The server has ended the session. */
    | { screen: "ended" }
    /** What is kept in this browser could not be opened. */
    | { screen: "broken" }
    | { screen: "unlock"; unlock: Unlock }
    /** Another device lets this one in. */
    | { screen: "link"; link: LinkIn }
    | { screen: "home"; home: Home };

/** What the app is given by the browser. */
export type AppGround = {
    origin: string;
    indexedDB: IDBFactory;
    startSyncStore: () => Worker;
    navigation: Navigation;
    /** Leave for the server's pages. */
    leave: (address: string) => void;
    online: Followed<boolean>;
    look: Look;
    nextBuild: NextBuild;
};
