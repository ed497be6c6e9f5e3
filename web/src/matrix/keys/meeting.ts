/* Where two devices meet, of which one is signed in: by a code that one shows and the other reads.
 * MSC4108 as of 2024; the messages between them are encrypted with keys that the code carried. */

import { initAsync, QrCodeData, QrCodeIntent } from "@matrix-org/matrix-sdk-crypto-wasm";
import { createClient, type MatrixClient } from "matrix-js-sdk/lib/matrix";
import {
    ClientRendezvousFailureReason,
    MSC4108FailureReason,
    MSC4108RendezvousSession,
    MSC4108SecureChannel,
    MSC4108SignInWithQR,
    RendezvousError,
    type RendezvousFailureReason,
} from "matrix-js-sdk/lib/rendezvous/index";

import { quiet, quieten } from "../session/quiet.ts";

/** Why two devices did not come together. `foreign`: no code of this server; `alike`: both or neither are signed in. */
export type LinkProblem = "expired" | "declined" | "insecure" | "foreign" | "alike" | "failed";

export class LinkFailed extends Error {
    override name = "LinkFailed";
    readonly problem: LinkProblem;

    constructor(problem: LinkProblem, cause?: unknown) {
        super(`The devices did not come together: ${problem}.`, { cause });
        this.problem = problem;
    }
}

const PROBLEMS: Partial<Record<RendezvousFailureReason, LinkProblem>> = {
    [ClientRendezvousFailureReason.Expired]: "expired",
    [ClientRendezvousFailureReason.Unknown]: "expired",
    [MSC4108FailureReason.AuthorizationExpired]: "expired",
    [ClientRendezvousFailureReason.UserDeclined]: "declined",
    [MSC4108FailureReason.UserCancelled]: "declined",
    [ClientRendezvousFailureReason.InsecureChannelDetected]: "insecure",
};

/** Who meets: `client` is null on the new device, which is not signed in. */
export type Side = { origin: string; client: MatrixClient | null };

export class Meeting {
    /** What js-sdk says to the other device, step by step. */
    readonly flow: MSC4108SignInWithQR;
    #why: RendezvousFailureReason | null = null;

    private constructor(session: MSC4108RendezvousSession, { client }: Side, scanned: QrCodeData | null) {
        const failed = (why: RendezvousFailureReason) => {
            this.#why ??= why;
        };
        session.onFailure = failed;
        const channel = new MSC4108SecureChannel(session, scanned?.publicKey, failed);
        this.flow = new MSC4108SignInWithQR(channel, scanned !== null, client ?? undefined, failed);
    }

    /** Open a meeting whose code this device shows. */
    static async call(side: Side): Promise<Meeting> {
        await prepare();
        const client = side.client ?? createClient({ baseUrl: side.origin, logger: quiet });
        const session = new MSC4108RendezvousSession({ client });
        const meeting = new Meeting(session, side, null);
        await session.send("");
        await meeting.flow.generateCode();
        return meeting;
    }

    /** Come to a meeting by the code that the other device shows; throws `LinkFailed`. */
    static async join(code: Uint8Array, side: Side): Promise<Meeting> {
        await prepare();
        const scanned = read(code);
        const url = scanned.rendezvousUrl;
        if (url === undefined || new URL(url).origin !== side.origin) throw new LinkFailed("foreign");
        const theyAreSignedIn = scanned.mode === QrCodeIntent.Reciprocate;
        if (theyAreSignedIn === (side.client !== null)) throw new LinkFailed("alike");
        return new Meeting(new MSC4108RendezvousSession({ url }), side, scanned);
    }

    /** What is to be shown; null on the device that reads. */
    get code(): readonly number[] | null {
        return this.flow.code === undefined ? null : [...this.flow.code];
    }

    /** Wait for the other device; return the two digits that both then show. */
    async greet(): Promise<string> {
        return this.attempt(async () => {
            await this.flow.negotiateProtocols();
            if (this.flow.checkCode === undefined) throw new LinkFailed("failed");
            return this.flow.checkCode;
        });
    }

    /** Do a step of the flow; whatever it throws becomes `LinkFailed`. */
    async attempt<Result>(step: () => Promise<Result>): Promise<Result> {
        try {
            return await step();
        } catch (error) {
            if (error instanceof LinkFailed) throw error;
            const why = error instanceof RendezvousError ? error.code : null;
            throw new LinkFailed(
                PROBLEMS[this.#why ?? why ?? ClientRendezvousFailureReason.InvalidCode] ?? "failed",
                error,
            );
        }
    }

    /** Go away: the other device is told. */
    async leave(): Promise<void> {
        await this.flow.cancel(MSC4108FailureReason.UserCancelled).catch(() => {});
    }
}

async function prepare(): Promise<void> {
    quieten();
    await initAsync();
}

function read(code: Uint8Array): QrCodeData {
    try {
        return QrCodeData.fromBytes(code);
    } catch (error) {
        throw new LinkFailed("foreign", error);
    }
}
