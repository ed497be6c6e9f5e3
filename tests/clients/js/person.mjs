/* A person at a matrix-js-sdk client with Rust crypto, as Element would run it: lazy-loaded members, room state after the timeline. */

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// The SDK tells its progress on the console: stdout belongs to the story, and only what went wrong is worth keeping.
for (const level of ["trace", "debug", "log", "info"]) console[level] = () => {};
for (const level of ["warn", "error"]) {
    console[level] = (...words) => process.stderr.write(`${level}: ${words.map(String).join(" ")}\n`);
}

// js-sdk 43 is written for Node 22; this is all that it misses in Node 20, and without it sync stops silently.
Promise.withResolvers ??= function () {
    let resolve, reject;
    const promise = new this((whenKept, whenBroken) => ([resolve, reject] = [whenKept, whenBroken]));
    return { promise, resolve, reject };
};

// The scripts lie outside web/, whose pinned packages they use: Node would look for packages beside the script.
const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

export const sdk = await load("matrix-js-sdk");
export const { CryptoEvent, VerificationPhase, VerificationRequestEvent, VerifierEvent, decodeRecoveryKey } = await load(
    "matrix-js-sdk/lib/crypto-api/index.js",
);

const PATIENCE_MS = 60_000; // Far above what any step takes: it only bounds how long a broken story hangs.
const LOOK_AGAIN_MS = 250; // Some changes, such as a verification that ends, are told by no event of the client.
const RETRY_MS = 200; // A restarted server is found again quickly.
const TIMELINE_LIMIT = 200; // Above what a story says, so that no sync leaves a gap.
const PASSWORD = "correct horse battery staple";

/* What everybody chooses about the policy that tests/policy.py publishes, in a run where there is one. */
async function choose(url, token) {
    if (!process.env.POLICY) return;
    const body = JSON.stringify({ policy: "suggestions", version: 1, choice: process.env.POLICY });
    const headers = { authorization: `Bearer ${token}` };
    const { status } = await fetch(new URL("/_amanat/v1/policies/choices", url), { method: "PUT", headers, body });
    if (status !== 200) throw new Error(`choosing was answered with ${status}`);
}

export class Person {
    static async register(url, name) {
        const auth = { type: "m.login.dummy" };
        const account = await sdk.createClient({ baseUrl: url }).registerRequest({ username: name, password: PASSWORD, auth });
        await choose(url, account.access_token);
        return Person.#begin(url, account);
    }

    static async logIn(url, name, password) {
        const identifier = { type: "m.id.user", user: name };
        const login = { type: "m.login.password", identifier, password };
        return Person.#begin(url, await sdk.createClient({ baseUrl: url }).loginRequest(login), password);
    }

    async newDevice() {
        const identifier = { type: "m.id.user", user: this.userId };
        const login = { type: "m.login.password", identifier, password: this.password, initial_device_display_name: "another" };
        const account = await sdk.createClient({ baseUrl: this.client.baseUrl }).loginRequest(login);
        const device = await Person.#begin(this.client.baseUrl, account, this.password);
        device.recoveryKey = this.recoveryKey;
        return device;
    }

    static async #begin(url, account, password = PASSWORD) {
        const person = new Person();
        person.password = password;
        person.recoveryKey = null;
        person.client = sdk.createClient({
            baseUrl: url,
            userId: account.user_id,
            deviceId: account.device_id,
            accessToken: account.access_token,
            scheduler: new sdk.MatrixScheduler((_event, _attempts, error) => (error instanceof sdk.ConnectionError ? RETRY_MS : -1)),
            cryptoCallbacks: { getSecretStorageKey: ({ keys }) => person.#secretStorageKey(keys) },
        });
        person.requests = [];
        person.client.on(CryptoEvent.VerificationRequestReceived, (request) => person.requests.push(request));
        await person.client.initRustCrypto({ useIndexedDB: false });
        const options = { initialSyncLimit: TIMELINE_LIMIT, lazyLoadMembers: true, clientWellKnownPollPeriod: 3600 };
        await person.client.startClient(options);
        await person.until(() => person.client.isInitialSyncComplete(), "has synced");
        return person;
    }

    get userId() {
        return this.client.getUserId();
    }

    get deviceId() {
        return this.client.getDeviceId();
    }

    get crypto() {
        return this.client.getCrypto();
    }

    /** Answers user-interactive authentication as an app would that has just asked for the password. */
    authenticated = async (request) => {
        try {
            return await request(null);
        } catch (refused) {
            if (refused.httpStatus !== 401) throw refused;
            const identifier = { type: "m.id.user", user: this.userId };
            return request({ type: "m.login.password", identifier, password: this.password, session: refused.data.session });
        }
    };

    async createRoom(invite) {
        const encryption = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };
        const { room_id: roomId } = await this.client.createRoom({
            preset: "private_chat",
            invite,
            initial_state: [encryption],
        });
        await this.until(() => this.client.getRoom(roomId)?.hasEncryptionStateEvent(), `sees its new room ${roomId}`);
        return roomId;
    }

    async join(roomId) {
        await this.until(() => this.client.getRoom(roomId)?.getMyMembership() === "invite", `is invited to ${roomId}`);
        await this.client.joinRoom(roomId);
        await this.until(() => this.client.getRoom(roomId)?.getMyMembership() === "join", `is in ${roomId}`);
    }

    async knowsDevices(userId, deviceIds) {
        const known = async () => {
            const devices = (await this.crypto.getUserDeviceInfo([userId], true)).get(userId) ?? new Map();
            return [...devices.keys()].sort().join() === [...deviceIds].sort().join();
        };
        await this.until(known, `knows ${deviceIds} of ${userId}`);
    }

    async knowsMembers(roomId, userIds) {
        const known = async () => {
            const room = this.client.getRoom(roomId);
            await room.loadMembersIfNeeded();
            const members = room.getJoinedMembers().map((member) => member.userId);
            return members.sort().join() === [...userIds].sort().join();
        };
        await this.until(known, `knows that ${userIds} are in ${roomId}`);
    }

    /* A text that the server took before it was killed may come with a sync before the repeat is answered; js-sdk then
     * complains of the answer, though the message stands in the chat. */
    async say(roomId, text) {
        try {
            return await this.send(roomId, { msgtype: "m.text", body: text });
        } catch (error) {
            if (!/not a local echo/.test(error.message)) throw error;
            return this.hears(roomId, text);
        }
    }

    async send(roomId, content) {
        return (await this.client.sendMessage(roomId, content)).event_id;
    }

    async hears(roomId, text) {
        const find = () => this.#messages(roomId).find((event) => event.getContent().body === text);
        return (await this.until(find, `hears ${JSON.stringify(text)}`)).getId();
    }

    async heard(roomId) {
        await Promise.all(this.#messages(roomId).map((event) => event.getDecryptionPromise()));
        const text = (event) => (event.isDecryptionFailure() ? "" : event.getContent().body);
        return this.#messages(roomId).map((event) => [event.getId(), text(event)]);
    }

    async sendFile(roomId, name, base64) {
        const data = Buffer.from(base64, "base64");
        const { ciphertext, file } = await encrypted(data);
        const { content_uri: url } = await this.client.uploadContent(ciphertext, {
            type: "application/octet-stream",
            includeFilename: false,
        });
        const info = { size: data.length, mimetype: "application/octet-stream" };
        return this.send(roomId, { msgtype: "m.file", body: name, filename: name, file: { ...file, url }, info });
    }

    async receivesFile(roomId, name) {
        const isFile = (event) => event.getContent().msgtype === "m.file" && event.getContent().body === name;
        const find = () => this.#messages(roomId).find(isFile);
        const { file } = (await this.until(find, `is sent ${name}`)).getContent();
        const url = this.client.mxcUrlToHttp(file.url, undefined, undefined, undefined, false, true, true);
        const response = await fetch(url, { headers: { Authorization: `Bearer ${this.client.getAccessToken()}` } });
        if (!response.ok) throw new Error(`download answered ${response.status}: ${await response.text()}`);
        const data = await decrypted(Buffer.from(await response.arrayBuffer()), file);
        return data.toString("base64");
    }

    async react(roomId, eventId, key) {
        const relation = { rel_type: "m.annotation", event_id: eventId, key };
        return (await this.client.sendEvent(roomId, "m.reaction", { "m.relates_to": relation })).event_id;
    }

    async seesReaction(roomId, eventId, key) {
        const matches = (relation) => relation?.event_id === eventId && relation.key === key;
        const find = () => this.events(roomId).some((event) => event.getType() === "m.reaction" && matches(event.getRelation()));
        await this.until(find, `sees ${key} at ${eventId}`);
    }

    async redact(roomId, eventId) {
        await this.client.redactEvent(roomId, eventId);
    }

    async seesRedaction(roomId, eventId) {
        await this.until(() => this.client.getRoom(roomId).findEventById(eventId)?.isRedacted(), `sees ${eventId} redacted`);
    }

    async read(roomId, eventId) {
        await this.client.sendReadReceipt(this.client.getRoom(roomId).findEventById(eventId));
    }

    async seesRead(roomId, eventId, by) {
        const find = () => this.client.getRoom(roomId).getEventReadUpTo(by) === eventId;
        await this.until(find, `sees ${eventId} read by ${by}`);
    }

    async startTyping(roomId) {
        await this.client.sendTyping(roomId, true, 30_000);
    }

    async seesTyping(roomId, userId) {
        await this.until(() => this.client.getRoom(roomId).getMember(userId)?.typing, `sees ${userId} typing`);
    }

    /** Without it the SDK waits 5 to 10 seconds after a lost connection. */
    lookNow() {
        this.client.retryImmediately();
    }

    async logout() {
        await this.client.logout(true);
    }

    close() {
        this.client.stopClient();
    }

    /** Cross-signing, secret storage and key backup, as an app sets them up after registration. */
    async setUpRecovery() {
        await this.crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: this.authenticated });
        const generated = await this.crypto.createRecoveryKeyFromPassphrase();
        this.recoveryKey = generated.encodedPrivateKey;
        await this.crypto.bootstrapSecretStorage({
            createSecretStorageKey: async () => generated,
            setupNewSecretStorage: true,
            setupNewKeyBackup: true,
        });
        await this.until(async () => await this.crypto.isCrossSigningReady(), "can cross-sign");
        await this.until(async () => await this.crypto.getActiveSessionBackupVersion(), "backs up its keys");
    }

    /** A new identity in place of the old one, as after losing everything. */
    async resetIdentity() {
        await this.crypto.bootstrapCrossSigning({ setupNewCrossSigning: true, authUploadDeviceSigningKeys: this.authenticated });
    }

    /** Signs this device with the identity that the recovery key opens. */
    async vouchForItself() {
        await this.crypto.bootstrapCrossSigning({});
    }

    async hasBackedUp() {
        const held = (await this.crypto.exportRoomKeys()).length;
        await this.until(async () => (await this.sessionsStored()) === held, "has backed up all its sessions");
    }

    /** What the server has; the SDK's own getKeyBackupInfo remembers the count of its first answer. */
    async sessionsStored() {
        const options = { prefix: sdk.ClientPrefix.V3 };
        return (await this.client.http.authedRequest(sdk.Method.Get, "/room_keys/version", undefined, undefined, options)).count;
    }

    /** Everything that must not leave this device but encrypted. */
    async secrets() {
        const signing = await this.crypto.olmMachine.exportCrossSigningKeys();
        const sessions = await this.crypto.exportRoomKeys();
        return {
            ...Object.fromEntries(sessions.map((session) => [`room key ${session.session_id}`, session.session_key])),
            "master key": signing.masterKey,
            "self-signing key": signing.self_signing_key,
            "user-signing key": signing.userSigningKey,
            "backup key": base64(await this.crypto.getSessionBackupPrivateKey()),
            "recovery key": this.recoveryKey,
            "access token": this.client.getAccessToken(),
        };
    }

    /** Sends an encrypted text to one device. */
    async whisper(userId, deviceId, text) {
        const type = "org.example.whisper";
        const { eventType, batch } = await this.crypto.encryptToDeviceMessages(type, [{ userId, deviceId }], { text });
        const [{ payload }] = batch;
        await this.client.sendToDevice(eventType, new Map([[userId, new Map([[deviceId, payload]])]]));
    }

    async setAccountData(type, content) {
        await this.client.setAccountData(type, content);
    }

    #secretStorageKey(keys) {
        if (this.recoveryKey === null) return null;
        return [Object.keys(keys)[0], decodeRecoveryKey(this.recoveryKey)];
    }

    /** All events of the room's timeline that the server has acknowledged. */
    events(roomId) {
        return this.client.getRoom(roomId).getLiveTimeline().getEvents().filter((event) => event.status === null);
    }

    #messages(roomId) {
        return this.events(roomId).filter((event) => event.getWireType() === "m.room.encrypted");
    }

    /** Looks again whenever something has happened, until there is something to find. */
    async until(find, what) {
        const deadline = Date.now() + PATIENCE_MS;
        for (;;) {
            const found = await find();
            if (found) return found;
            if (Date.now() > deadline) throw new Error(`${this.userId} waited in vain: ${what}\n${this.#timelines()}`);
            await this.#somethingHappens();
        }
    }

    #somethingHappens() {
        const happenings = [sdk.ClientEvent.Sync, sdk.MatrixEventEvent.Decrypted];
        return new Promise((resolve) => {
            const done = () => {
                clearTimeout(timer);
                for (const happening of happenings) this.client.off(happening, done);
                resolve();
            };
            const timer = setTimeout(done, LOOK_AGAIN_MS);
            for (const happening of happenings) this.client.on(happening, done);
        });
    }

    #timelines() {
        const line = (event) => `  ${event.getId()} ${event.getType()} ${JSON.stringify(event.getContent())}`;
        return this.client.getRooms().flatMap((room) => [room.roomId, ...this.events(room.roomId).map(line)]).join("\n");
    }
}

const base64 = (bytes) => Buffer.from(bytes).toString("base64").replace(/=+$/, "");

/* spec: client-server-api#extensions-to-mroommessage-msgtypes */
async function encrypted(data) {
    const iv = crypto.getRandomValues(new Uint8Array(16)).fill(0, 8);
    const key = await crypto.subtle.generateKey({ name: "AES-CTR", length: 256 }, true, ["encrypt", "decrypt"]);
    const ciphertext = Buffer.from(await crypto.subtle.encrypt({ name: "AES-CTR", counter: iv, length: 64 }, key, data));
    const sha256 = await crypto.subtle.digest("SHA-256", ciphertext);
    const exported = await crypto.subtle.exportKey("jwk", key);
    const jwk = { kty: "oct", key_ops: ["encrypt", "decrypt"], alg: "A256CTR", k: exported.k, ext: true };
    return { ciphertext, file: { v: "v2", key: jwk, iv: base64(iv), hashes: { sha256: base64(sha256) } } };
}

async function decrypted(ciphertext, file) {
    const sha256 = base64(await crypto.subtle.digest("SHA-256", ciphertext));
    if (sha256 !== file.hashes.sha256) throw new Error(`the file hashes to ${sha256}, its sender said ${file.hashes.sha256}`);
    const key = await crypto.subtle.importKey("jwk", file.key, { name: "AES-CTR" }, false, ["decrypt"]);
    const counter = Buffer.from(file.iv, "base64");
    return Buffer.from(await crypto.subtle.decrypt({ name: "AES-CTR", counter, length: 64 }, key, ciphertext));
}
