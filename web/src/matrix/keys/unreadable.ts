/* Messages that cannot be read: why, trying again, and how often it happens. The count stays on this device. */

import type { CryptoBackend } from "matrix-js-sdk/lib/common-crypto/CryptoBackend";
import { CryptoEvent, DecryptionFailureCode } from "matrix-js-sdk/lib/crypto-api/index";
import { type MatrixEvent, MatrixEventEvent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import type { Area } from "../../platform/vault.ts";
import type { Session } from "../session/session.ts";
import type { Unreadable } from "../timeline/message.ts";
import { KeyWaits } from "./key_waits.ts";

/** What each of js-sdk's reasons means to a person; whatever is not named here is broken. */
const REASONS: Partial<Record<DecryptionFailureCode, Unreadable>> = {
    [DecryptionFailureCode.MEGOLM_UNKNOWN_INBOUND_SESSION_ID]: "waiting-for-key",
    [DecryptionFailureCode.OLM_UNKNOWN_MESSAGE_INDEX]: "before-joining",
    [DecryptionFailureCode.MEGOLM_KEY_WITHHELD]: "withheld",
    [DecryptionFailureCode.MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE]: "withheld",
    [DecryptionFailureCode.HISTORICAL_MESSAGE_NO_KEY_BACKUP]: "before-this-device",
    [DecryptionFailureCode.HISTORICAL_MESSAGE_BACKUP_UNCONFIGURED]: "before-this-device",
    [DecryptionFailureCode.HISTORICAL_MESSAGE_WORKING_BACKUP]: "before-this-device",
    [DecryptionFailureCode.HISTORICAL_MESSAGE_USER_NOT_JOINED]: "before-joining",
};

/** Return why a message that could not be decrypted cannot be read. */
export function reasonOf(event: MatrixEvent): Unreadable {
    return REASONS[event.decryptionFailureReason ?? DecryptionFailureCode.UNKNOWN_ERROR] ?? "broken";
}

/** What a key that comes later mends. */
const WANTS_KEY: ReadonlySet<Unreadable> = new Set(["waiting-for-key", "before-this-device"]);

/** How many messages could not be read when they came, for what reason, and how many of them were read later. */
export type UnreadableCounts = { readonly [Reason in Unreadable]: number } & { readonly healed: number };

const NONE: UnreadableCounts = {
    "waiting-for-key": 0,
    "before-joining": 0,
    "before-this-device": 0,
    withheld: 0,
    broken: 0,
    healed: 0,
};
const COUNTS = "counts";

/** The part of the keys' machine that js-sdk has no door to. */
type Machine = { olmMachine: { roomKeyRequestsEnabled: boolean; roomKeyForwardingEnabled: boolean } };

/** Follows what cannot be read. One of them lives as long as the session. */
export class Unreadables {
    readonly #session: Session;
    readonly #area: Area<UnreadableCounts>;
    readonly #counts = new Observable(NONE);
    /** Unreadable since the app was opened, so that nothing is counted twice. */
    readonly #open = new Map<string, Unreadable>();
    readonly #waits = new KeyWaits((event) => this.retry(event));

    constructor(session: Session) {
        this.#session = session;
        this.#area = session.vault.area("unreadable");
    }

    get counts(): Followed<UnreadableCounts> {
        return this.#counts;
    }

    /** Count, and let keys be asked for, until the returned function is called. */
    follow(): Stop {
        const { client, crypto } = this.#session;
        // js-sdk turns this off because of devices that answer nobody; ours answer, and only to devices that one's own
        // identity has signed. What is missing is then asked for whenever something cannot be decrypted.
        const { olmMachine } = crypto as unknown as Machine;
        olmMachine.roomKeyRequestsEnabled = true;
        olmMachine.roomKeyForwardingEnabled = true;
        const look = (event: MatrixEvent) => this.#look(event);
        const openedBackup = () => this.#waits.soon();
        client.on(MatrixEventEvent.Decrypted, look);
        client.on(CryptoEvent.KeyBackupDecryptionKeyCached, openedBackup);
        // What came while this device was not let in yet has failed already.
        for (const room of client.getRooms()) {
            for (const event of room.getLiveTimeline().getEvents()) if (event.isDecryptionFailure()) look(event);
        }
        void this.#recall();
        return () => {
            client.off(MatrixEventEvent.Decrypted, look);
            client.off(CryptoEvent.KeyBackupDecryptionKeyCached, openedBackup);
            this.#waits.stop();
        };
    }

    /** Try again: whatever key is missing is looked for in the backup, and one's other devices are asked. */
    async retry(event: MatrixEvent): Promise<boolean> {
        if (!event.isDecryptionFailure()) return true;
        await event.attemptDecryption(this.#session.crypto as unknown as CryptoBackend, { isRetry: true });
        return !event.isDecryptionFailure();
    }

    #look(event: MatrixEvent): void {
        const id = event.getId();
        if (id === undefined) return;
        const before = this.#open.get(id);
        if (!event.isDecryptionFailure()) {
            this.#waits.drop(event);
            if (before !== undefined && this.#open.delete(id)) this.#add("healed");
        } else if (before === undefined) {
            const reason = reasonOf(event);
            this.#open.set(id, reason);
            if (WANTS_KEY.has(reason)) this.#waits.add(event);
            this.#add(reason);
        }
    }

    #add(what: keyof UnreadableCounts): void {
        const counts = { ...this.#counts.value, [what]: this.#counts.value[what] + 1 };
        this.#counts.set(counts);
        void this.#area.put(COUNTS, counts);
    }

    async #recall(): Promise<void> {
        const kept = await this.#area.get(COUNTS);
        if (kept === undefined) return;
        const now = this.#counts.value;
        const sum = Object.entries(kept).map(([what, count]) => [what, count + now[what as keyof UnreadableCounts]]);
        this.#counts.set({ ...NONE, ...Object.fromEntries(sum) });
    }
}
