/* What an account holds beside its rooms: profile, tags, account data, push rules, devices; every device of it sees each change. */

import { Person, sdk } from "./person.mjs";
import { holds, named, story } from "./story.mjs";

await story(async (url) => {
    const alice = await Person.register(url, named("alice"));
    const tablet = await alice.newDevice();
    const roomId = await alice.createRoom([]);
    await tablet.until(() => tablet.client.getRoom(roomId), "sees the room");

    await alice.client.setDisplayName("Alice of the story");
    await tablet.until(() => tablet.client.getUser(alice.userId)?.displayName === "Alice of the story", "sees the new name");
    holds((await alice.client.getProfileInfo(alice.userId)).displayname === "Alice of the story", "the profile has the new name");

    const tags = () => Object.keys(tablet.client.getRoom(roomId).tags).join();
    await alice.client.setRoomTag(roomId, "m.favourite", { order: 0.25 });
    await tablet.until(() => tags() === "m.favourite", "sees the tag");
    await alice.client.deleteRoomTag(roomId, "m.favourite");
    await tablet.until(() => tags() === "", "sees the tag gone");
    holds(true, "tags come and go on every device");

    await alice.client.setAccountData("org.example.story", { chapter: 1 });
    const chapter = () => tablet.client.getAccountData("org.example.story")?.getContent().chapter;
    await tablet.until(() => chapter() === 1, "sees the account data");
    await alice.client.setRoomAccountData(roomId, "org.example.page", { page: 7 });
    await tablet.until(() => tablet.client.getRoom(roomId).getAccountData("org.example.page")?.getContent().page === 7, "sees the room's");
    holds(true, "account data, global and of a room, reach every device");

    await alice.client.addPushRule("global", "content", "story", { pattern: "story", actions: ["notify"] });
    const rule = () => tablet.client.pushRules?.global.content?.find(({ rule_id: id }) => id === "story");
    await tablet.until(rule, "sees the push rule");
    await alice.client.setPushRuleEnabled("global", "content", "story", false);
    await tablet.until(() => rule().enabled === false, "sees it disabled");
    await alice.client.deletePushRule("global", "content", "story");
    await tablet.until(() => !rule(), "sees it gone");
    holds(true, "push rules are made, disabled and deleted");

    await alice.client.setDeviceDetails(tablet.deviceId, { display_name: "kitchen tablet" });
    const { devices } = await alice.client.getDevices();
    holds(devices.find(({ device_id: id }) => id === tablet.deviceId)?.display_name === "kitchen tablet", "a device can be renamed");
    holds(devices.length === 2, "the list names both devices");

    const loggedOut = new Promise((resolve) => tablet.client.on(sdk.HttpApiEvent.SessionLoggedOut, resolve));
    await alice.authenticated((auth) => alice.client.deleteMultipleDevices([tablet.deviceId], auth ?? undefined));
    await loggedOut;
    holds(true, "a deleted device is told at once that its session has ended");
    await alice.knowsDevices(alice.userId, [alice.deviceId]);
    const left = (await alice.client.getDevices()).devices.map(({ device_id: id }) => id);
    holds(left.join() === alice.deviceId, "only the first device is left");
});
