/* A person's session on this device: js-sdk's client with its stores and keys, from opening to sign-out. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import {
    ClientEvent,
    createClient,
    HttpApiEvent,
    type MatrixClient,
    PendingEventOrdering,
    type SyncState,
} from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable } from "../../platform/observable.ts";
import { leisure } from "../../platform/turns.ts";
import type { Vault } from "../../platform/vault.ts";
import { Machine } from "../keys/machine.ts";
import { SecretKeys } from "../keys/secret_keys.ts";
import { Statements } from "../keys/statements.ts";
import { TakenSettings } from "../keys/taken_settings.ts";
import type { Guard } from "../label/held.ts";
import { ChatLock } from "../list/chat_lock.ts";
import { DirectRooms } from "../rooms/direct_rooms.ts";
import { followNames, wordlessName } from "../rooms/room_names.ts";
import { Disappearing } from "../timeline/disappearing.ts";
import { type Connection, connectionOf } from "./connection.ts";
import { type Credentials, KeptCredentials } from "./credentials.ts";
import { Decrypting } from "./decrypting.ts";
import { KeptSync } from "./kept_sync.ts";
import { quiet, quieten } from "./quiet.ts";
import { renew } from "./renewal.ts";
import { Requests } from "./requests.ts";
import { ServerCounts } from "./server_counts.ts";
import { forget, KEY_STORE, storageKey } from "./session_stores.ts";

export type { Connection } from "./connection.ts";

/** What became of a session whose token the server did not take: it is over, or it goes on with another token. */
export type Verdict = "ended" | "renewed";

/** What a session stands on: `indexedDB` is null where nothing is to be kept, in tests. */
export type Ground = {
    origin: string;
    vault: Vault;
    indexedDB: IDBFactory | null;
    /** Starts the worker that keeps what syncs bring. */
    startSyncStore: () => Worker;
};

type Parts = {
    client: MatrixClient;
    requests: Requests;
    kept: KeptSync;
    secretKeys: SecretKeys;
    chatLock: ChatLock;
    settings: TakenSettings;
};

/** Messages of a first look at a chat; older ones are asked for when somebody scrolls up to them. */
const FIRST_MESSAGES = 20;
/** Whoever signs out does not wait longer for a server that does not answer. */
const TELL_FOR_MS = 5_000;

export class Session {
    readonly client: MatrixClient;
    readonly vault: Vault;
    readonly secretKeys: SecretKeys;
    /** Which chats are not to be shown now. */
    readonly chatLock: ChatLock;
    /** Asked before each encryption. */
    readonly guards: Guard[] = [];
    /** How many messages of each chat are unread. */
    readonly counts = new ServerCounts();
    readonly directRooms: DirectRooms;
    readonly disappearing: Disappearing;
    readonly decrypting: Decrypting;
    /** Who runs the services that one has met. */
    readonly statements: Statements;
    readonly #connection = new Observable<Connection>("starting");
    readonly #verdict = Promise.withResolvers<Verdict>();
    /** The first sync has come, or will not come soon. */
    readonly #caughtUp = Promise.withResolvers<void>();
    readonly #machine: Machine;
    readonly #keepsAnything: boolean;
    readonly #requests: Requests;
    readonly #kept: KeptSync;
    readonly #settings: TakenSettings;
    #judging = false;
    #quiet: Promise<void> | null = null;

    private constructor(
        { client, requests, kept, secretKeys, chatLock, settings }: Parts,
        { vault, indexedDB }: Ground,
    ) {
        this.client = client;
        this.#requests = requests;
        this.#kept = kept;
        this.#settings = settings;
        this.vault = vault;
        this.secretKeys = secretKeys;
        this.chatLock = chatLock;
        this.#machine = new Machine(this.crypto);
        this.#machine.watch();
        this.#machine.noteIdentities();
        this.#machine.passOver(settings);
        this.#machine.passOverSyncs();
        this.counts.listenTo(client.store);
        followNames(client);
        this.directRooms = new DirectRooms(client);
        this.decrypting = new Decrypting(client, () => this.#caughtUp.promise.then(leisure));
        this.disappearing = new Disappearing(client, kept);
        this.statements = new Statements(client, vault);
        this.#keepsAnything = indexedDB !== null;
        client.on(ClientEvent.Sync, (state, _before, data) => this.#follow(state, data?.fromCache === true));
        client.on(HttpApiEvent.SessionLoggedOut, () => void this.#judge());
    }

    /** Open the stores of a session and begin to sync; resolves before anything has come. */
    static async open(credentials: Credentials, ground: Ground): Promise<Session> {
        quieten();
        const { vault, indexedDB } = ground;
        const keptCredentials = new KeptCredentials(vault);
        const secretKeys = new SecretKeys();
        const kept = new KeptSync(ground);
        const requests = new Requests();
        const client = createClient({
            ...optionsOf(credentials, ground.origin),
            onTokenRefresh: async (tokens) => void (await keptCredentials.renew(tokens)),
            store: kept.store,
            fetchFn: requests.fetch,
            timelineSupport: true,
            disableVoip: true,
            enableEncryptedStateEvents: true,
            roomNameGenerator: wordlessName,
            cryptoCallbacks: secretKeys.callbacks,
        });
        const openKeys = async () =>
            client.initRustCrypto({
                useIndexedDB: indexedDB !== null,
                cryptoDatabasePrefix: KEY_STORE,
                ...(indexedDB === null ? {} : { storageKey: await storageKey(vault) }),
            });
        const [chatLock, settings] = await Promise.all([
            ChatLock.open(vault),
            TakenSettings.open(vault, credentials.deviceId),
            openKeys(),
            kept.store.startup(),
        ]);
        return new Session({ client, requests, kept, secretKeys, chatLock, settings }, ground);
    }

    /** Where the server is. */
    get origin(): string {
        return this.client.baseUrl;
    }

    get userId(): string {
        return this.client.getSafeUserId();
    }

    get deviceId(): string {
        const deviceId = this.client.getDeviceId();
        if (deviceId === null) throw new Error("A session has a device.");
        return deviceId;
    }

    get connection(): Followed<Connection> {
        return this.#connection;
    }

    /** Resolves when the server no longer takes the token of this session, which then is to be closed. */
    get verdict(): Promise<Verdict> {
        return this.#verdict.promise;
    }

    /** The part of js-sdk that holds the keys. */
    get crypto() {
        const crypto = this.client.getCrypto();
        if (crypto === undefined) throw new Error("A session is opened with its keys.");
        return crypto;
    }

    /** Whether one is in a chat, as far as this device knows. */
    isIn(roomId: string): boolean {
        return this.client.getRoom(roomId)?.getMyMembership() === KnownMembership.Join;
    }

    /** Begin to sync. */
    async start(): Promise<void> {
        await this.client.startClient({
            initialSyncLimit: FIRST_MESSAGES,
            lazyLoadMembers: true,
            threadSupport: true,
            pendingEventOrdering: PendingEventOrdering.Detached,
        });
    }

    /** The network is back: what waits for its next try waits no longer. */
    hurry(): void {
        this.client.retryImmediately();
    }

    /** Write down what has come since the last time; a page that is hidden may never be shown again. */
    async save(): Promise<void> {
        await this.#kept.save();
    }

    /** Bring the newest keys to the backup; return whether they are there, or false where nobody answers in time. Where
     * that fails js-sdk goes on trying. */
    async backUp(): Promise<boolean> {
        const done = this.#bringKeys().then(
            () => true,
            () => false,
        );
        return Promise.race([done, new Promise<false>((resolve) => setTimeout(() => resolve(false), TELL_FOR_MS))]);
    }

    /** js-sdk looks for the backup once, as it starts: where it got no answer then, it brings nothing there. */
    async #bringKeys(): Promise<void> {
        const { crypto } = this;
        const has = async () => (await crypto.getActiveSessionBackupVersion()) !== null;
        if (!(await has())) await crypto.checkKeyBackupAndEnable();
        if (!(await has()) && (await crypto.getKeyBackupInfo()) !== null) throw new Error("The backup is not open.");
        await this.#machine.backUp();
    }

    /** Stop, and let go of the stores; another tab may open them. */
    async close(): Promise<void> {
        if (this.#connection.value === "live") await this.save();
        await this.#stop();
    }

    /** End the session at the server, whose answer is not waited for long, and destroy everything of it here. */
    async signOut(): Promise<void> {
        // Whoever wrote something just now reads it again on the next device.
        const told = this.backUp()
            .then(() => this.#endAtServer())
            .catch(() => {});
        await Promise.race([told, new Promise((resolve) => setTimeout(resolve, TELL_FOR_MS))]);
        this.#connection.set("ended");
        await this.destroy();
    }

    /** Destroy everything of this session on this device. */
    async destroy(): Promise<void> {
        await this.#stop();
        if (this.#keepsAnything) await forget();
    }

    /** Come to an end, and let go of the stores when everything else has. */
    async #stop(): Promise<void> {
        await this.#beQuiet();
        this.#machine.freeAll();
        await this.client.store.destroy();
        await this.vault.close();
    }

    /** Ask the server nothing more, let the machine finish, and close it. */
    #beQuiet(): Promise<void> {
        const end = async () => {
            this.decrypting.stop();
            this.#kept.stop();
            this.#settings.stop();
            this.disappearing.dispose();
            this.#requests.end();
            await this.#machine.finish();
            this.client.stopClient();
        };
        this.#quiet ??= end();
        return this.#quiet;
    }

    /** Tell the server, by a client that has nothing else to say: this one hears of no answer any more. */
    async #endAtServer(): Promise<void> {
        await this.#beQuiet();
        const credentials = await new KeptCredentials(this.vault).get();
        if (credentials !== null) await createClient(optionsOf(credentials, this.origin)).logout();
    }

    /** Ask whether the session is over before anything of it is destroyed: js-sdk thinks so too when a clock was put
     * back, as it then takes a token for fresh that is not. */
    async #judge(): Promise<void> {
        if (this.#judging || this.#connection.value === "ended") return;
        this.#judging = true;
        this.#connection.set("offline");
        await this.#beQuiet();
        const renewed = await renew(this.vault, this.origin);
        if (!renewed) this.#connection.set("ended");
        this.#verdict.resolve(renewed ? "renewed" : "ended");
    }

    #follow(state: SyncState, fromCache: boolean): void {
        if (this.#judging || this.#connection.value === "ended") return;
        const connection = connectionOf(state, fromCache);
        if (connection === null) return;
        // Whoever opens the app again without a network finds what was there when it went.
        if (connection === "offline" && this.#connection.value === "live") void this.save();
        if (this.#connection.value === "starting") this.decrypting.release();
        if (connection === "live" || connection === "offline") this.#caughtUp.resolve();
        this.#connection.set(connection);
    }
}

function optionsOf({ userId, deviceId, clientId, accessToken, refreshToken }: Credentials, origin: string) {
    const renewable = refreshToken === null ? {} : { refreshToken };
    return { baseUrl: origin, userId, deviceId, accessToken, ...renewable, oauthClientId: clientId, logger: quiet };
}
