/* A person verifies a second device of their own, two people verify each other, each by comparing emoji. */

import { Person } from "./person.mjs";
import { compareEmoji } from "./sas.mjs";
import { holds, named, story } from "./story.mjs";

await story(async (url) => {
    const alice = await Person.register(url, named("alice"));
    await alice.setUpRecovery();
    holds(await alice.crypto.isCrossSigningReady(), "a new account can cross-sign");
    holds(await alice.crypto.isSecretStorageReady(), "its secrets are stored");

    const phone = await alice.newDevice();
    const ownRequest = await phone.crypto.requestOwnUserVerification();
    const [onPhone, onFirst] = await compareEmoji(phone, alice, ownRequest);
    holds(onPhone === onFirst, "both devices of one person show the same emoji");
    await phone.until(() => phone.crypto.isCrossSigningReady(), "is given the cross-signing keys");
    const trust = () => alice.crypto.getDeviceVerificationStatus(alice.userId, phone.deviceId);
    await alice.until(async () => (await trust()).crossSigningVerified, "learns that the phone is signed");
    holds(true, "the second device is signed by its owner");

    const bob = await Person.register(url, named("bob"));
    await bob.setUpRecovery();
    const roomId = await alice.createRoom([bob.userId]);
    await bob.join(roomId);
    await alice.knowsMembers(roomId, [alice.userId, bob.userId]);
    await alice.knowsDevices(bob.userId, [bob.deviceId]);
    await bob.knowsDevices(alice.userId, [alice.deviceId, phone.deviceId]);
    const request = await alice.crypto.requestVerificationDM(bob.userId, roomId);
    const [byAlice, byBob] = await compareEmoji(alice, bob, request);
    holds(byAlice === byBob, "both people are shown the same emoji in their room");

    const verified = async (person, other) => (await person.crypto.getUserVerificationStatus(other.userId)).isCrossSigningVerified();
    await alice.until(() => verified(alice, bob), "has verified the other");
    await bob.until(() => verified(bob, alice), "has verified the other");
    await phone.until(() => verified(phone, bob), "learns from the server whom its owner has verified");
    holds(true, "a verification holds on both sides and on the other device");
});
