/* The app from its first moment: who is here, and which of its few great states it is in.
 * What speaks Matrix is loaded when it is needed, so that the first screen does not wait for it. */

import type { NewDevice } from "../matrix/keys/linking_in.ts";
import type { Recovery } from "../matrix/keys/recovery.ts";
import { type LastList, readLastList } from "../matrix/list/last_list.ts";
import type { Answer } from "../matrix/session/answer.ts";
import { type Credentials, KeptCredentials, SESSION_LOCK, VAULT } from "../matrix/session/credentials.ts";
import { askRehearsal, type Rehearsal } from "../matrix/session/rehearsal.ts";
import type { Session, Verdict } from "../matrix/session/session.ts";
import type { Tokens } from "../matrix/session/sign_in.ts";
import { type Held, holdAlone } from "../platform/alone.ts";
import { drawn } from "../platform/frames.ts";
import { Vault } from "../platform/vault.ts";
import type { AppGround, AppState, SignInProblem } from "./app_state.ts";
import type { Home } from "./home.ts";
import { ViewModel } from "./view_model.ts";

/** What signing out would lose: all that was said, as this is the only device that can read it; or the newest of it, whose
 * keys could not be brought to the backup. */
export type Loss = "everything" | "newest";

/** `leaving`: the person wants to sign out, and would lose something. `outdated`: a newer build of the app waits to be
 * used. */
type Whole = { state: AppState; leaving: Loss | null; rehearsal: Rehearsal | null; outdated: boolean };

export class App extends ViewModel<Whole> {
    readonly #ground: AppGround;
    #held: Held | null = null;
    #session: Session | null = null;
    /** Settled when no session is being opened. */
    #opening: Promise<unknown> = Promise.resolve();
    /** Made, and shown as soon as it has something to show. */
    #coming: Home | null = null;
    #last: LastList | null = null;

    constructor(ground: AppGround) {
        super({ state: { screen: "starting" }, leaving: null, rehearsal: null, outdated: false });
        this.#ground = ground;
        this.follow(ground.nextBuild.waits, (outdated) => this.update({ outdated }));
        void askRehearsal(ground.origin).then((rehearsal) => this.update({ rehearsal }));
    }

    /** Take up where this browser left off; `answer` is what the server's pages sent back. */
    async start(answer: Answer | null): Promise<void> {
        let held: Held | null = null;
        try {
            held = await this.#takeTurn(false);
            if (held === null) return this.#show({ screen: "elsewhere" });
            const opening = this.#begin(answer);
            this.#opening = opening.catch(() => {});
            const session = await opening;
            if (session !== null) await this.#enter(session);
        } catch {
            if (held === this.#held) this.#show({ screen: "broken" });
        }
    }

    /** Go to the server's pages, to sign in or to sign up. */
    async signIn({ fresh }: { fresh: boolean }): Promise<void> {
        this.#show({ screen: "welcome", problem: null, busy: true });
        try {
            const { SignIn } = await import("../matrix/session/sign_in.ts");
            const vault = await Vault.open(VAULT);
            const { origin, navigation, leave } = this.#ground;
            leave(await new SignIn(origin, vault).begin({ fresh, place: navigation.place.value }));
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
            cancel: () => {
                this.#show(back);
                if (back.screen === "unlock") void back.unlock.cameBack();
            },
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

    /** Sign out, unless that would lose something: then the person is asked. */
    async signOut(): Promise<void> {
        const session = this.#session;
        if (session === null) return this.#welcome(null);
        const loss = this.value.state.screen === "home" ? await this.#lossOf(session) : null;
        this.update({ leaving: loss });
        if (loss === null) await this.signOutAnyway();
    }

    /** Sign out: whatever is of this account on this device is destroyed. */
    async signOutAnyway(): Promise<void> {
        const session = this.#session;
        this.#session = null;
        this.update({ leaving: null });
        this.#leave();
        this.#show({ screen: "starting" });
        await session?.signOut();
        // Whoever signs in next begins at the start.
        this.#ground.navigation.go([], { replace: true });
        this.#welcome(null);
    }

    stay(): void {
        this.update({ leaving: null });
    }

    /** Begin again with the newer build; what was begun is there again. */
    async renew(): Promise<void> {
        await this.save().catch(() => {});
        this.#ground.nextBuild.use();
    }

    /** Write down what has come and what was begun, as the page may be closed. */
    async save(): Promise<void> {
        const { state } = this.value;
        if (state.screen === "home") await Promise.all([state.home.drafts.flush(), state.home.formDrafts.flush()]);
        if (this.#session?.connection.value === "live") await this.#session.save();
    }

    async #lossOf(session: Session): Promise<Loss | null> {
        const { Recovery } = await import("../matrix/keys/recovery.ts");
        if (await new Recovery(session).hangsOnThisDevice().catch(() => false)) return "everything";
        return (await session.backUp()) ? null : "newest";
    }

    async #takeTurn(takeOver: boolean): Promise<Held | null> {
        if (this.#held !== null) return this.#held;
        const held = await holdAlone(SESSION_LOCK, { takeOver });
        this.#held = held;
        void held?.lost.then(() => this.#lose(held));
        return held;
    }

    /** Another tab has taken over, and waits: let go of the stores. */
    async #lose(held: Held): Promise<void> {
        // What is half open cannot be closed.
        await this.#opening;
        const session = this.#session;
        this.#session = null;
        this.#held = null;
        this.#leave();
        await session?.close().catch(() => {});
        held.letGo();
        this.#show({ screen: "elsewhere" });
    }

    /** Open the session that is kept here, or that one comes back with; null where there is none, and something is shown. */
    async #begin(answer: Answer | null): Promise<Session | null> {
        const vault = await Vault.open(VAULT);
        let credentials = await new KeptCredentials(vault).get();
        if (credentials === null && answer !== null) {
            const { SignIn, SignInFailed } = await import("../matrix/session/sign_in.ts");
            const signIn = new SignIn(this.#ground.origin, vault);
            this.#ground.navigation.go(await signIn.leftFrom(answer), { replace: true });
            try {
                credentials = await signIn.complete(answer);
            } catch (error) {
                const denied = error instanceof SignInFailed && error.denied;
                this.#welcome(denied ? "denied" : "failed");
                return null;
            }
        }
        if (credentials === null) {
            this.#welcome(null);
            return null;
        }
        await this.#wake(vault);
        return this.#open(credentials, vault);
    }

    /** Show the list of the last time while the stores are being opened. */
    async #wake(vault: Vault): Promise<void> {
        const { navigation } = this.#ground;
        const [last, { Waking }] = await Promise.all([readLastList(vault, Date.now()), import("./waking.ts")]);
        this.#last = last;
        if (last === null || !Waking.shows(navigation.place.value)) return;
        this.#show({ screen: "waking", waking: new Waking(last, navigation) });
        // What comes next keeps the browser busy: the list is drawn before it.
        await drawn();
    }

    async #open(credentials: Credentials, vault: Vault): Promise<Session> {
        const { origin, indexedDB, startSyncStore } = this.#ground;
        const { Session } = await import("../matrix/session/session.ts");
        const session = await Session.open(credentials, { origin, vault, indexedDB, startSyncStore });
        this.#session = session;
        void session.verdict.then((verdict) => this.#obey(session, verdict));
        return session;
    }

    /** Open the session that another device let in, with the keys that it hands over. */
    async #admit(tokens: Tokens, device: NewDevice): Promise<void> {
        // A session that was signed in without keys makes place.
        const before = this.#session;
        this.#session = null;
        await before?.signOut();
        const vault = await Vault.open(VAULT);
        const { keepTokens } = await import("../matrix/session/sign_in.ts");
        const opening = this.#open(await keepTokens(vault, this.#ground.origin, tokens), vault);
        this.#opening = opening.catch(() => {});
        const session = await opening;
        const handed = device.takeKeys();
        await session.start();
        const { Recovery } = await import("../matrix/keys/recovery.ts");
        // Without them it is signed in all the same, and asks for the code.
        await new Recovery(session).receive(await handed).catch(() => {});
        this.#leave();
        await this.#enter(session);
    }

    /** Who has had their keys here sees their chats at once, and offline; the server is asked meanwhile. */
    async #enter(session: Session): Promise<void> {
        const { Recovery } = await import("../matrix/keys/recovery.ts");
        if (session !== this.#session) return;
        const recovery = new Recovery(session);
        const begun = session.start();
        // It may be closed before it has begun.
        begun.catch(() => {});
        if (await recovery.wasReady()) await this.#showHome(session);
        const ready = await recovery.isReady().catch(() => null);
        const isHome = this.value.state.screen === "home";
        if (session !== this.#session || (isHome && ready !== false)) return;
        if (ready) return this.#showHome(session);
        if (ready === false) await begun;
        await this.#unlock(session, recovery);
    }

    async #unlock(session: Session, recovery: Recovery): Promise<void> {
        const { Unlock } = await import("./unlock.ts");
        if (session !== this.#session) return;
        this.#leave();
        const unlock = new Unlock(recovery, {
            done: () => {
                void recovery.isReady().catch(() => {});
                void this.#showHome(session);
            },
            leave: () => this.signOutAnyway(),
            byDevice: () => this.link(),
        });
        this.#show({ screen: "unlock", unlock });
    }

    async #obey(session: Session, verdict: Verdict): Promise<void> {
        if (session !== this.#session) return;
        this.#session = null;
        this.#leave();
        if (verdict === "renewed") {
            this.#show({ screen: "starting" });
            await session.close();
            return this.start(null);
        }
        await session.destroy();
        this.#show({ screen: "ended" });
    }

    async #showHome(session: Session): Promise<void> {
        const { Home } = await import("./home.ts");
        if (session !== this.#session) return;
        const { navigation, online, look } = this.#ground;
        const last = this.#last;
        this.#last = null;
        const home = new Home(session, { navigation, online, signOut: () => this.signOut(), look, last });
        this.#coming = home;
        // The list of the last time is better than none.
        if (this.value.state.screen === "waking") await home.ready();
        if (this.#coming !== home) return;
        this.#coming = null;
        this.#leave();
        this.#show({ screen: "home", home });
    }

    #leave(): void {
        const { state } = this.value;
        this.#coming?.dispose();
        this.#coming = null;
        if (state.screen === "waking") state.waking.dispose();
        if (state.screen === "home") state.home.dispose();
        if (state.screen === "unlock") state.unlock.dispose();
        if (state.screen === "link") state.link.dispose();
    }

    #welcome(problem: SignInProblem | null): void {
        this.#show({ screen: "welcome", problem, busy: false });
    }

    #show(state: AppState): void {
        this.update({ state });
    }
}
