/* SAS verification from the request to "done", both people comparing the same emoji. */

import { VerificationPhase, VerifierEvent } from "./person.mjs";

/** Compares emoji over a request that `first` has made and `second` receives; returns what both were shown. */
export async function compareEmoji(first, second, request) {
    await second.until(() => second.requests.length > 0, "receives the verification request");
    const received = second.requests.shift();
    await received.accept();
    await first.until(() => request.phase === VerificationPhase.Ready, "sees its request accepted");
    const verifier = await request.startVerification("m.sas.v1");
    await second.until(() => received.verifier, "sees the verification start");
    const shown = await Promise.all([confirm(verifier), confirm(received.verifier)]);
    await first.until(() => request.phase === VerificationPhase.Done, "is done verifying");
    await second.until(() => received.phase === VerificationPhase.Done, "is done verifying");
    return shown;
}

async function confirm(verifier) {
    let emoji;
    verifier.on(VerifierEvent.ShowSas, (shown) => {
        emoji = shown.sas.emoji.map(([picture]) => picture).join(" ");
        shown.confirm();
    });
    await verifier.verify();
    return emoji;
}
