/* People who do what each line on stdin says, {id, who, verb, words}, and answer with a line: {id, answer} or {id, error}. */

import { createInterface } from "node:readline";

import { Person } from "./person.mjs";

const people = new Map();

const onPeople = {
    register: async (who, url, name) => introduce(who, await Person.register(url, name)),
    logIn: async (who, url, name, password) => introduce(who, await Person.logIn(url, name, password)),
    newDevice: async (who, device) => introduce(device, await people.get(who).newDevice()),
    leave: async (who) => {
        people.get(who).close();
        people.delete(who);
    },
};

function introduce(who, person) {
    people.set(who, person);
    return { user_id: person.userId, device_id: person.deviceId };
}

async function act({ who, verb, words }) {
    return verb in onPeople ? onPeople[verb](who, ...words) : people.get(who)[verb](...words);
}

async function answer(line) {
    const order = JSON.parse(line);
    const reply = await act(order).then(
        (answer) => ({ answer: answer ?? null }),
        (error) => ({ error: error.stack ?? String(error) }),
    );
    process.stdout.write(`${JSON.stringify({ id: order.id, ...reply })}\n`);
}

createInterface({ input: process.stdin })
    .on("line", answer)
    .on("close", () => process.exit(0));
