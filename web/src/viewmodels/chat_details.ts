/* What lies behind a chat's label: who can read it, with which devices, and what changed lately. */

import type { Label, Reader } from "../matrix/label/label.ts";
import { LOOKING } from "../matrix/label/label.ts";
import type { BotPrograms, Labels } from "../matrix/label/labels.ts";
import type { Change } from "../matrix/label/recent_changes.ts";
import { ViewModel } from "./view_model.ts";

export type { BotPrograms } from "../matrix/label/labels.ts";
export type { Program } from "../matrix/label/programs.ts";
export type { Change } from "../matrix/label/recent_changes.ts";

/** A number that is being compared with somebody; `groups` is null until it is known. */
export type Comparing = { userId: string; name: string; groups: readonly string[] | null; failed: boolean };

export type ChatDetailsState = {
    label: Label;
    readers: readonly Reader[];
    changes: readonly Change[];
    /** Of each bot in the chat that tells of them. */
    bots: readonly BotPrograms[];
    comparing: Comparing | null;
};

/** Programs come and go while one looks; nobody is told of it. */
const AGAIN_MS = 15_000;

export class ChatDetails extends ViewModel<ChatDetailsState> {
    readonly roomId: string;
    readonly #labels: Labels;

    constructor(labels: Labels, roomId: string) {
        super({ label: LOOKING, readers: [], changes: [], bots: [], comparing: null });
        this.roomId = roomId;
        this.#labels = labels;
        this.follow(labels.about(roomId), ({ label, facts }) => {
            this.update({ label, readers: facts?.readers ?? [] });
            if (facts !== null) void this.#lookBack();
            if (facts !== null) void this.#askBots();
        });
        const again = setInterval(() => void this.#askBots(), AGAIN_MS);
        this.own(() => clearInterval(again));
    }

    /** Show the number to compare with somebody. */
    async compare({ userId, name }: { userId: string; name: string }): Promise<void> {
        this.update({ comparing: { userId, name, groups: null, failed: false } });
        const groups = await this.#labels.safetyNumber(userId);
        if (this.value.comparing?.userId !== userId) return;
        this.update({ comparing: { userId, name, groups, failed: groups === null } });
    }

    /** The numbers were the same: vouch for them from now on. */
    async same(): Promise<void> {
        const { comparing } = this.value;
        if (comparing === null) return;
        try {
            await this.#labels.vouchFor(comparing.userId);
            this.update({ comparing: null });
        } catch {
            this.update({ comparing: { ...comparing, failed: true } });
        }
    }

    stopComparing(): void {
        this.update({ comparing: null });
    }

    /** Without an answer what was told before stays. */
    async #askBots(): Promise<void> {
        await this.#labels.programs(this.roomId).then(
            (bots) => this.update({ bots }),
            () => {},
        );
    }

    async #lookBack(): Promise<void> {
        this.update({ changes: await this.#labels.recentChanges(this.roomId) });
    }
}
