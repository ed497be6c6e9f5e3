/* A person who has lost every device reads their history again with the recovery key alone. */

import { Person } from "./person.mjs";
import { holds, named, story } from "./story.mjs";

const HISTORY = ["first", "second", "third"];

await story(async (url) => {
    const [alice, bob] = [await Person.register(url, named("alice")), await Person.register(url, named("bob"))];
    await alice.setUpRecovery();
    const roomId = await alice.createRoom([bob.userId]);
    await bob.join(roomId);
    await alice.knowsMembers(roomId, [alice.userId, bob.userId]);
    for (const text of HISTORY) {
        await (text === "second" ? bob : alice).say(roomId, text);
        await alice.hears(roomId, text);
    }
    await alice.until(async () => (await alice.sessionsStored()) === 2, "has backed up the session of each of the two people");
    await alice.logout();

    const restored = await alice.newDevice();
    await restored.until(() => restored.client.getRoom(roomId), "finds the room again");
    await restored.until(() => restored.events(roomId).some((event) => event.isDecryptionFailure()), "cannot read history yet");
    await restored.crypto.loadSessionBackupPrivateKeyFromSecretStorage();
    const { total, imported } = await restored.crypto.restoreKeyBackup();
    holds(total === 2 && imported === 2, "the recovery key opens both backed-up sessions");
    for (const text of HISTORY) await restored.hears(roomId, text);
    holds(true, "the whole history can be read");

    await restored.until(() => restored.crypto.userHasCrossSigningKeys(), "knows its own public keys");
    await restored.crypto.bootstrapCrossSigning({});
    const own = () => restored.crypto.getDeviceVerificationStatus(restored.userId, restored.deviceId);
    await restored.until(async () => (await own()).crossSigningVerified, "learns that it is signed");
    holds(true, "the recovery key also makes the new device a signed one");
    await restored.knowsDevices(bob.userId, [bob.deviceId]);
    await bob.knowsDevices(alice.userId, [restored.deviceId]);
    await bob.say(roomId, "welcome back");
    await restored.hears(roomId, "welcome back");
    holds(true, "new messages reach the new device");
});
