/* The app from its first moment: who is here, and which of its few great states it is in.
 * What speaks Matrix is loaded when it is needed, so that the first screen does not wait for it. */

import type { Answer } from "../matrix/answer.ts";
import { type Credentials, KeptCredentials, VAULT } from "../matrix/credentials.ts";
import type { NewDevice } from "../matrix/linking_in.ts";
import type { Recovery } from "../matrix/recovery.ts";
import { askRehearsal, type Rehearsal } from "../matrix/rehearsal.ts";
import type { Session } from "../matrix/session.ts";
import type { Tokens } from "../matrix/sign_in.ts";
import { type Held, holdAlone } from "../platform/alone.ts";
import type { Navigation } from "../platform/navigation.ts";
import type { Followed } from "../platform/observable.ts";
import { Vault } from "../platform/vault.ts";
import type { Home } from "./home.ts";
import type { LinkIn } from "./link_in.ts";
import type { Look } from "./look.ts";
import type { Unlock } from "./unlock.ts";
import { ViewModel } from "./view_model.ts";

export type AppState =
    | { screen: "starting" }
    | { screen: "welcome"; problem: "denied" | "failed" | "offline" | null; busy: boolean }
    /** Another tab has the session. */
    | { screen: "elsewhere" }
    /** The server has ended the session. */
    | { screen: "ended" }
    | { screen: "unlock"; unlock: Unlock }
    /** Another device lets this one in. */
    | { screen: "link"; link: LinkIn }
    | { screen: "home"; home: Home };

/** What the app is given by the browser. */
export type AppGround = {
    origin: string;
    indexedDB: IDBFactory;
    navigation: Navigation;
    /** Leave for the server's pages. */
    leave: (address: string) => void;
    online: Followed<boolean>;
    look: Look;
};

const SESSION_LOCK = "amanat-session";

export class App extends ViewModel<{ state: AppState; rehearsal: Rehearsal | null }> {
    readonly #ground: AppGround;
    #held: Held | null = null;
    #session: Session | null = null;

    constructor(ground: AppGround) {
        super({ state: { screen: "starting" }, rehearsal: null });
        this.#ground = ground;
        void askRehearsal(ground.origin).then((rehearsal) => this.update({ rehearsal }));
    }

    /** Take up where this browser left off; `answer` is what the server's pages sent back. */
    async start(answer: Answer | null): Promise<void> {
        if (!(await this.#takeTurn(false))) return this.#show({ screen: "elsewhere" });
        const vault = await Vault.open(VAULT);
        let credentials = await new KeptCredentials(vault).get();
        if (credentials === null && answer !== null) {
            const { SignIn, SignInFailed } = await import("../matrix/sign_in.ts");
            try {
                credentials = await new SignIn(this.#ground.origin, vault).complete(answer);
            } catch (error) {
                const denied = error instanceof SignInFailed && error.denied;
                return this.#welcome(denied ? "denied" : "failed");
            }
        }
        if (credentials === null) return this.#welcome(null);
        await this.#enter(await this.#open(credentials, vault));
    }

    /** Go to the server's pages, to sign in or to sign up. */
    async signIn({ fresh }: { fresh: boolean }): Promise<void> {
        this.#show({ screen: "welcome", problem: null, busy: true });
        try {
            const { SignIn } = await import("../matrix/sign_in.ts");
            const vault = await Vault.open(VAULT);
            this.#ground.leave(await new SignIn(this.#ground.origin, vault).begin({ fresh }));
        } catch {
            this.#welcome(this.#ground.online.value ? "failed" : "offline");
        }
    }

    /** Let a device that the person has let this one in. */
    async link(): Promise<void> {
        const back = this.value.state;
        const { LinkIn } = await import("./link_in.ts");
        const link = new LinkIn({
            origin: this.#ground.origin,
            admit: (tokens, device) => this.#admit(tokens, device),
            cancel: () => this.#show(back),
        });
        this.#show({ screen: "link", link });
        await link.show();
    }

    /** Use the app here: the tab that had it is told. */
    async takeOver(): Promise<void> {
        this.#show({ screen: "starting" });
        await this.#takeTurn(true);
        await this.start(null);
    }

    /** Sign out: whatever is of this account on this device is destroyed. */
    async signOut(): Promise<void> {
        await this.#session?.signOut();
        this.#leave();
        this.#welcome(null);
    }

    /** Write down what has come, as the page may be closed. */
    async save(): Promise<void> {
        if (this.#session?.connection.value === "live") await this.#session.save();
    }

    async #takeTurn(takeOver: boolean): Promise<boolean> {
        if (this.#held !== null) return true;
        const held = await holdAlone(SESSION_LOCK, { takeOver });
        if (held === null) return false;
        this.#held = held;
        void held.lost.then(() => this.#lose());
        return true;
    }

    /** Another tab has taken over: let go of the stores. */
    async #lose(): Promise<void> {
        this.#held = null;
        this.#leave();
        await this.#session?.close();
        this.#session = null;
        this.#show({ screen: "elsewhere" });
    }

    async #open(credentials: Credentials, vault: Vault): Promise<Session> {
        const { origin, indexedDB } = this.#ground;
        const { Session } = await import("../matrix/session.ts");
        this.#session = await Session.open(credentials, { origin, vault, indexedDB });
        return this.#session;
    }

    /** Open the session that another device let in, with the keys that it hands over. */
    async #admit(tokens: Tokens, device: NewDevice): Promise<void> {
        // A session that was signed in without keys makes place.
        await this.#session?.signOut();
        const vault = await Vault.open(VAULT);
        const { keepTokens } = await import("../matrix/sign_in.ts");
        const session = await this.#open(await keepTokens(vault, this.#ground.origin, tokens), vault);
        const handed = device.takeKeys();
        await session.start();
        const { Recovery } = await import("../matrix/recovery.ts");
        // Without them it is signed in all the same, and asks for the code.
        await new Recovery(session).receive(await handed).catch(() => {});
        this.#leave();
        await this.#enter(session);
    }

    async #enter(session: Session): Promise<void> {
        this.own(
            session.connection.subscribe(() => {
                if (session.connection.value === "ended" && this.value.state.screen !== "welcome")
                    void this.#end(session);
            }),
        );
        const { Recovery } = await import("../matrix/recovery.ts");
        const recovery = new Recovery(session);
        const begun = session.start();
        if (await this.#needsKeys(recovery)) {
            await begun;
            const { Unlock } = await import("./unlock.ts");
            const unlock = new Unlock(recovery, { done: () => this.#showHome(session), leave: () => this.signOut() });
            return this.#show({ screen: "unlock", unlock });
        }
        return this.#showHome(session);
    }

    /** Ask only while connected: who is offline has been here before. */
    async #needsKeys(recovery: Recovery): Promise<boolean> {
        try {
            return (await recovery.standing()) !== "ready";
        } catch {
            return false;
        }
    }

    async #end(session: Session): Promise<void> {
        this.#leave();
        await session.destroy();
        this.#session = null;
        this.#show({ screen: "ended" });
    }

    async #showHome(session: Session): Promise<void> {
        const { Home } = await import("./home.ts");
        const { navigation, online, look } = this.#ground;
        const home = new Home(session, { navigation, online, signOut: () => this.signOut(), look });
        this.#show({ screen: "home", home });
    }

    #leave(): void {
        const { state } = this.value;
        if (state.screen === "home") state.home.dispose();
        if (state.screen === "unlock") state.unlock.dispose();
        if (state.screen === "link") state.link.dispose();
    }

    #welcome(problem: "denied" | "failed" | "offline" | null): void {
        this.#show({ screen: "welcome", problem, busy: false });
    }

    #show(state: AppState): void {
        this.update({ state });
    }
}
