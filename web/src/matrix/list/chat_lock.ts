/* Locked chats: absent everywhere until a PIN, a passkey or a secret code opens them, and again after a while.
 *
 * Which chats are locked lies in the vault of this device, not in account data: what is synced without naming chats in
 * clear would need the key of secret storage, that is the message unlock code at each change; and a lock is against whoever
 * holds this device. Locks are a list because one with a secret code must not show: whoever then sets up the lock anew
 * makes another one and learns nothing. */

import { askPasskey, type KeptPasskey, makePasskey } from "../../platform/lock_passkey.ts";
import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import { newSalt, proofOf } from "../../platform/pin.ts";
import type { Area, Vault } from "../../platform/vault.ts";
import { hasLock, keptLocks } from "./locked_rooms.ts";

type Lock = {
    proof: string;
    rooms: readonly string[];
    /** Only the code shows that it is there. */
    secret: boolean;
    /** How long it stays open unused. */
    minutes: number;
    passkey: KeptPasskey | null;
};

type Kept = { salt: readonly number[]; locks: readonly Lock[]; failures: number; waitUntil: number };

/** `none` is also what a lock with a secret code looks like. */
export type LockState =
    | { state: "none" }
    | { state: "closed"; passkey: boolean; waitUntil: number }
    | { state: "open"; secret: boolean; minutes: number; passkey: boolean; rooms: readonly string[] };

export const SHORTEST_PIN = 4;
const FREE_FAILURES = 5;
const WAIT_MS = 30_000;
const MINUTE_MS = 60_000;

export class ChatLock {
    readonly #area: Area<Kept>;
    readonly #state: Observable<LockState>;
    readonly #hidden: Observable<ReadonlySet<string>>;
    readonly #lockListeners = new Set<(roomId: string) => void>();
    #kept: Kept;
    /** The proof of the lock that is open. */
    #open: string | null = null;
    #closing: ReturnType<typeof setTimeout> | null = null;

    private constructor(area: Area<Kept>, kept: Kept) {
        this.#area = area;
        this.#kept = kept;
        this.#state = new Observable(this.#look());
        this.#hidden = new Observable(this.#closedRooms());
    }

    /** Read what is locked here: before any chat is shown. */
    static async open(vault: Vault): Promise<ChatLock> {
        const area = keptLocks<Kept>(vault);
        const kept = await area.get("own");
        return new ChatLock(area, kept ?? { salt: newSalt(), locks: [], failures: 0, waitUntil: 0 });
    }

    get state(): Followed<LockState> {
        return this.#state;
    }

    /** The chats that are not to be shown anywhere now. */
    get hidden(): Followed<ReadonlySet<string>> {
        return this.#hidden;
    }

    /** Whether a chat is not to be shown anywhere now. */
    hides(roomId: string): boolean {
        return this.#hidden.value.has(roomId);
    }

    /** Whether a chat has a lock, open or not: notifications do not name it, and nothing of it comes to the index. */
    locks(roomId: string): boolean {
        return hasLock(this.#kept, roomId);
    }

    get openRooms(): readonly string[] {
        return this.#opened?.rooms ?? [];
    }

    /** Be told of each chat that is locked from now on, until the returned function is called. */
    onLock(listener: (roomId: string) => void): Stop {
        this.#lockListeners.add(listener);
        return () => this.#lockListeners.delete(listener);
    }

    /** Open with a PIN or a secret code; return whether it is one. `guess` counts wrong ones. */
    async unlock(pin: string, { guess }: { guess: boolean }): Promise<boolean> {
        if (this.#kept.locks.length === 0 || (guess && Date.now() < this.#kept.waitUntil)) return false;
        const proof = await proofOf(pin, this.#kept.salt);
        const found = this.#kept.locks.some((lock) => lock.proof === proof);
        if (found) await this.#succeed(proof);
        else if (guess) await this.#fail();
        return found;
    }

    /** Open with this device's own passkey; return whether that worked. */
    async unlockByPasskey(): Promise<boolean> {
        const lock = this.#kept.locks.find(({ secret, passkey }) => !secret && passkey !== null);
        if (lock?.passkey == null || !(await askPasskey(lock.passkey))) return false;
        await this.#succeed(lock.proof);
        return true;
    }

    /** Make a lock, or open the one that has this PIN. */
    async setUp(pin: string): Promise<void> {
        if (await this.unlock(pin, { guess: false })) return;
        const proof = await proofOf(pin, this.#kept.salt);
        const lock: Lock = { proof, rooms: [], secret: false, minutes: 5, passkey: null };
        await this.#keep({ locks: [...this.#kept.locks, lock] });
        await this.#succeed(proof);
    }

    close(): void {
        this.#open = null;
        if (this.#closing !== null) clearTimeout(this.#closing);
        this.#tell();
    }

    /** A locked chat is being used: it stays open. */
    use(): void {
        const lock = this.#opened;
        if (lock === undefined) return;
        if (this.#closing !== null) clearTimeout(this.#closing);
        this.#closing = setTimeout(() => this.close(), lock.minutes * MINUTE_MS);
    }

    async lockChat(roomId: string): Promise<void> {
        const rooms = [...new Set([...this.openRooms, roomId])];
        await this.#change({ rooms });
        for (const listener of this.#lockListeners) listener(roomId);
    }

    async unlockChat(roomId: string): Promise<void> {
        await this.#change({ rooms: this.openRooms.filter((each) => each !== roomId) });
    }

    /** Change how the open lock behaves. */
    async set(change: Partial<Pick<Lock, "secret" | "minutes">>): Promise<void> {
        await this.#change(change);
        this.use();
    }

    /** Let this device's own way of knowing its owner open the lock; throws where it has none. */
    async addPasskey(name: string): Promise<void> {
        await this.#change({ passkey: await makePasskey(name) });
    }

    /** Take the open lock away: its chats are chats again. */
    async remove(): Promise<void> {
        const locks = this.#kept.locks.filter(({ proof }) => proof !== this.#open);
        this.#open = null;
        await this.#keep({ locks });
    }

    get #opened(): Lock | undefined {
        return this.#kept.locks.find(({ proof }) => proof === this.#open);
    }

    async #change(change: Partial<Lock>): Promise<void> {
        const { locks } = this.#kept;
        await this.#keep({ locks: locks.map((lock) => (lock.proof === this.#open ? { ...lock, ...change } : lock)) });
    }

    async #succeed(proof: string): Promise<void> {
        this.#open = proof;
        await this.#keep({ failures: 0, waitUntil: 0 });
        this.use();
    }

    async #fail(): Promise<void> {
        const failures = this.#kept.failures + 1;
        await this.#keep({ failures, waitUntil: failures < FREE_FAILURES ? 0 : Date.now() + WAIT_MS });
    }

    async #keep(change: Partial<Kept>): Promise<void> {
        this.#kept = { ...this.#kept, ...change };
        await this.#area.put("own", this.#kept);
        this.#tell();
    }

    #tell(): void {
        this.#state.set(this.#look());
        this.#hidden.set(this.#closedRooms());
    }

    #closedRooms(): ReadonlySet<string> {
        const closed = this.#kept.locks.filter(({ proof }) => proof !== this.#open);
        return new Set(closed.flatMap(({ rooms }) => rooms));
    }

    #look(): LockState {
        const open = this.#opened;
        if (open !== undefined) {
            const { secret, minutes, passkey, rooms } = open;
            return { state: "open", secret, minutes, passkey: passkey !== null, rooms };
        }
        const shown = this.#kept.locks.find(({ secret }) => !secret);
        if (shown === undefined) return { state: "none" };
        return { state: "closed", passkey: shown.passkey !== null, waitUntil: this.#kept.waitUntil };
    }
}
