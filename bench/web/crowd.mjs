/* Somebody with another app, who makes many chats with a person, fills them with encrypted messages, and goes on talking.
 *
 * Called with the server's address and the person's user id; does what each line on stdin says and answers with a line:
 *   {"make": n}            makes n chats, and invites the person; answers {"rooms": [...]}
 *   {"fill": [ids], "each": n}   sends n messages to each
 *   {"talk": id, "perSecond": n, "seconds": n}
 */

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

for (const level of ["trace", "debug", "log", "info", "warn"]) console[level] = () => {};
// js-sdk 43 is written for Node 22; this is all that it misses in Node 20.
Promise.withResolvers ??= function () {
    let resolve, reject;
    const promise = new this((kept, broken) => ([resolve, reject] = [kept, broken]));
    return { promise, resolve, reject };
};

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const sdk = await import(pathToFileURL(require.resolve("matrix-js-sdk")).href);

const AT_ONCE = 4;
const [url, personId] = process.argv.slice(2);
const auth = { type: "m.login.dummy" };
const account = await sdk.createClient({ baseUrl: url }).registerRequest({ username: "crowd", password: "crowd of the bench", auth });
const client = sdk.createClient({
    baseUrl: url,
    userId: account.user_id,
    deviceId: account.device_id,
    accessToken: account.access_token,
});
await client.initRustCrypto({ useIndexedDB: false });
await client.startClient({ lazyLoadMembers: true, initialSyncLimit: 1, pendingEventOrdering: "detached" });
await new Promise((resolve) => client.on("sync", (state) => state === "PREPARED" && resolve()));

async function make({ make: count }) {
    const rooms = [];
    for (let number = 0; number < count; number++) {
        const name = `Obrolan ${String(number).padStart(4, "0")}`;
        const { room_id: roomId } = await client.createRoom({ preset: "trusted_private_chat", invite: [personId], name });
        rooms.push(roomId);
    }
    return { rooms };
}

async function fill({ fill: rooms, each }) {
    const waiting = [...rooms];
    const work = async () => {
        for (let roomId = waiting.shift(); roomId !== undefined; roomId = waiting.shift()) {
            for (let number = 0; number < each; number++) await say(roomId, number);
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return {};
}

async function talk({ talk: roomId, perSecond, seconds }) {
    const end = Date.now() + seconds * 1000;
    for (let number = 0; Date.now() < end; number++) {
        await say(roomId, number);
        await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond));
    }
    return {};
}

const say = (roomId, number) =>
    client.sendTextMessage(roomId, `Pesan ${number}: besok kita bertemu di warung dekat stasiun, jam sembilan pagi ya.`);

for await (const line of createInterface({ input: process.stdin })) {
    const order = JSON.parse(line);
    const done = await ("make" in order ? make(order) : "fill" in order ? fill(order) : talk(order));
    process.stdout.write(`${JSON.stringify(done)}\n`);
}
process.exit(0);
