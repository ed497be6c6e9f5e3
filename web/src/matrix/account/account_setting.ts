/* One setting that follows the account to each of its devices: one type of account data, which the server can read. */

import { type AccountDataEvents, ClientEvent, type IContent, type MatrixEvent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import type { Session } from "../session/session.ts";

/** How a setting lies in account data. `read` gets what any app may have written, or nothing. */
export type Form<Value> = { type: string; read: (content: IContent) => Value; write: (value: Value) => IContent };

export class AccountSetting<Value> {
    readonly #session: Session;
    readonly #form: Form<Value>;
    readonly #value: Observable<Value>;

    constructor(session: Session, form: Form<Value>) {
        this.#session = session;
        this.#form = form;
        this.#value = new Observable(this.#look());
    }

    get followed(): Followed<Value> {
        return this.#value;
    }

    /** Keep it as it is at the server, until the returned function is called. */
    follow(): Stop {
        const { client } = this.#session;
        const look = (event: MatrixEvent) => event.getType() === this.#form.type && this.#value.set(this.#look());
        client.on(ClientEvent.AccountData, look);
        this.#value.set(this.#look());
        return () => client.off(ClientEvent.AccountData, look);
    }

    /** Take effect at once; where the server cannot be told, become again what it was, and throw. */
    async set(value: Value): Promise<void> {
        const before = this.#value.value;
        this.#value.set(value);
        try {
            const type = this.#form.type as keyof AccountDataEvents;
            await this.#session.client.setAccountData(type, this.#form.write(value) as AccountDataEvents[typeof type]);
        } catch (error) {
            this.#value.set(before);
            throw error;
        }
    }

    #look(): Value {
        const type = this.#form.type as keyof AccountDataEvents;
        return this.#form.read(this.#session.client.getAccountData(type)?.getContent() ?? {});
    }
}
