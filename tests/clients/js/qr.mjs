/* A new device signs in by a QR code: two devices meet, compare two digits, and the old one's person lets the new one in. */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

import { Person, sdk } from "./person.mjs";
import { holds, named, story } from "./story.mjs";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { MSC4108RendezvousSession, MSC4108SecureChannel, MSC4108SignInWithQR } = await load("matrix-js-sdk/lib/rendezvous/index.js");
const { OAuth2 } = await load("matrix-js-sdk/lib/oauth/index.js");
// The very module that js-sdk imports: keys of another copy of it would mean nothing to this one.
const wasm = pathToFileURL(join(dirname(require.resolve("@matrix-org/matrix-sdk-crypto-wasm")), "node.mjs")).href;
const { QrCodeData } = await import(wasm);

/* What a person does with a browser, the test does: it is told on a line and says when it is done. */
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
async function ask(what) {
    process.stdout.write(`${JSON.stringify(what)}\n`);
    return (await lines.next()).value;
}

await story(async (url) => {
    const name = named("alice");
    const alice = await Person.register(url, name);

    const oldSession = new MSC4108RendezvousSession({ client: alice.client });
    await oldSession.send("");
    const oldChannel = new MSC4108SecureChannel(oldSession);
    const oldDevice = new MSC4108SignInWithQR(oldChannel, false, alice.client);
    await oldDevice.generateCode();

    const scanned = QrCodeData.fromBytes(oldDevice.code);
    const newChannel = new MSC4108SecureChannel(new MSC4108RendezvousSession({ url: scanned.rendezvousUrl }), scanned.publicKey);
    const newDevice = new MSC4108SignInWithQR(newChannel, true);

    await Promise.all([oldDevice.negotiateProtocols(), newDevice.negotiateProtocols()]);
    holds(oldDevice.checkCode === newDevice.checkCode && /^\d\d$/.test(newDevice.checkCode), "both show the same two digits");

    const metadata = await sdk.createClient({ baseUrl: url }).getAuthMetadata();
    const clientId = await OAuth2.registerClient(metadata, {
        client_name: "Story",
        client_uri: "https://story.example.org/",
        redirect_uris: ["https://story.example.org/callback"],
    });
    const deviceId = "QRSTORYDEVICE";
    const [shown, asked] = await Promise.all([
        newDevice.deviceAuthorizationGrant({ metadata, clientId, deviceId }),
        oldDevice.deviceAuthorizationGrant(),
    ]);
    holds(asked.verificationUri === shown.verificationUri, "the old device is told where its person decides");

    const sharing = oldDevice.shareSecrets().catch((error) => error);
    await ask({ name, link: asked.verificationUri, code: shown.userCode });
    const tokens = await newDevice.completeLoginOnNewDevice({ clientId });
    holds(tokens.scope.endsWith(deviceId) && tokens.expires_in === 300, "the new device is let in");

    const fresh = sdk.createClient({ baseUrl: url, accessToken: tokens.access_token, userId: alice.userId, deviceId });
    holds((await fresh.whoami()).device_id === deviceId, "it is the device that it said it was");

    const auth = new OAuth2(metadata, { clientId, deviceId });
    const renewed = await auth.performRefreshTokenGrant(tokens.refresh_token);
    holds(renewed.refresh_token !== tokens.refresh_token, "its tokens are renewed");
    fresh.setAccessToken(renewed.access_token);
    holds((await fresh.whoami()).user_id === alice.userId, "and good");

    await auth.revokeToken(renewed.refresh_token, "refresh_token");
    const gone = await fresh.whoami().catch((error) => error);
    holds(gone.errcode === "M_UNKNOWN_TOKEN", "signing out ends the device");
    await newChannel.cancel("user_cancelled");
    await sharing;
});
process.exit(0);
