/* Which settings of encryption the keys' machine has taken for which room. It compares those that a server tells with
 * those that it took before, so that nobody turns encryption off; what it has taken it need not be asked again. */

import type { Area, Vault } from "../../platform/vault.ts";

/** Settings by room, of one device. */
type Kept = Record<string, string>;

/** A first sync brings those of every room. */
const PAUSE_MS = 2_000;

export class TakenSettings {
    readonly #area: Area<Kept>;
    readonly #deviceId: string;
    readonly #taken: Map<string, string>;
    #timer: ReturnType<typeof setTimeout> | undefined;

    private constructor(area: Area<Kept>, deviceId: string, taken: Kept) {
        this.#area = area;
        this.#deviceId = deviceId;
        this.#taken = new Map(Object.entries(taken));
    }

    static async open(vault: Vault, deviceId: string): Promise<TakenSettings> {
        const area = vault.area<Kept>("taken-settings");
        return new TakenSettings(area, deviceId, (await area.get(deviceId)) ?? {});
    }

    has(roomId: string, settings: string): boolean {
        return this.#taken.get(roomId) === settings;
    }

    /** The machine has taken these: they lie in its store. Forgotten at a crash, it is asked once more. */
    add(roomId: string, settings: string): void {
        this.#taken.set(roomId, settings);
        this.#timer ??= setTimeout(() => this.#write(), PAUSE_MS);
    }

    /** Write nothing more. */
    stop(): void {
        clearTimeout(this.#timer);
    }

    #write(): void {
        this.#timer = undefined;
        // A vault that was closed meanwhile belongs to a session that has ended.
        void this.#area.put(this.#deviceId, Object.fromEntries(this.#taken)).catch(() => {});
    }
}
