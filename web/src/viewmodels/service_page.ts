/* The account as a service: its owner sees who runs which device, and signs that. */

import { OwnService, type OwnServiceState, type RunDevice } from "../matrix/account/own_service.ts";
import type { Session } from "../matrix/session/session.ts";
import { ViewModel } from "./view_model.ts";

/** `known` is null until the server has answered; `written` is what was written and is not signed yet. */
export type ServicePageState = {
    known: OwnServiceState | null;
    written: readonly RunDevice[];
    busy: boolean;
    failed: boolean;
    signed: boolean;
};

export type { RunDevice } from "../matrix/account/own_service.ts";

export class ServicePage extends ViewModel<ServicePageState> {
    readonly #own: OwnService;

    constructor(session: Session) {
        super({ known: null, written: [], busy: false, failed: false, signed: false });
        this.#own = new OwnService(session);
    }

    /** Whether the list of settings leads here: it is for few. */
    get isService(): boolean {
        return this.#own.isService;
    }

    async look(): Promise<void> {
        await this.#try(async () => this.#show(await this.#own.look()));
    }

    /** Write what is to be stated of a device. */
    write(id: string, change: Partial<Pick<RunDevice, "country" | "purpose" | "told">>): void {
        const written = this.value.written.map((device) => (device.id === id ? { ...device, ...change } : device));
        this.update({ written, signed: false });
    }

    /** Sign what is written, and publish it. */
    async sign(): Promise<void> {
        this.update({ signed: false });
        await this.#try(async () => {
            await this.#own.state(this.value.written);
            this.#show(await this.#own.look());
            this.update({ signed: true });
        });
    }

    #show(known: OwnServiceState): void {
        this.update({ known, written: known.devices });
    }

    async #try(act: () => Promise<void>): Promise<void> {
        this.update({ busy: true, failed: false });
        try {
            await act();
        } catch {
            this.update({ failed: true });
        } finally {
            this.update({ busy: false });
        }
    }
}
