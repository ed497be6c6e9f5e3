// A form with data-passkey asks the browser for a passkey when it is sent, and sends what the browser answers.
"use strict";

const toBytes = (text) => {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
};

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

// The browser's own PublicKeyCredential.parse…FromJSON and toJSON are younger than many phones.
const withBytes = (options) => {
  const described = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));
  const read = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.allowCredentials) read.allowCredentials = described(options.allowCredentials);
  if (options.excludeCredentials) read.excludeCredentials = described(options.excludeCredentials);
  return read;
};

const asJson = (credential) => {
  const { response } = credential;
  const told = { clientDataJSON: toText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) told[name] = toText(response[name]);
  }
  if (response.getTransports) told.transports = response.getTransports();
  const { prf, credProps } = credential.getClientExtensionResults();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: { ...(credProps && { credProps }), ...(prf && { prf: { enabled: prf.enabled } }) },
    response: told,
  });
};

const show = (name) => {
  for (const note of document.querySelectorAll("[data-unsupported], [data-cancelled]")) {
    note.hidden = !note.matches(`[data-${name}]`);
  }
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) show("unsupported");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const publicKey = withBytes(JSON.parse(form.dataset.options));
    try {
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
      form.elements.credential.value = asJson(credential);
    } catch {
      show(window.PublicKeyCredential ? "cancelled" : "unsupported");
      return;
    }
    form.submit();
  });
}
