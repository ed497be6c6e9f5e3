// A form with data-work shows a proof of work: a number such that SHA-256 of "challenge:number" begins with zero bits.
// It is worked on while the person types. Spec of the proof: core/proof_of_work.py.
"use strict";

const BATCH = 512;

const zeroBits = (digest) => {
  let bits = 0;
  for (const byte of digest) {
    if (byte) return bits + Math.clz32(byte) - 24;
    bits += 8;
  }
  return bits;
};

const solve = async (challenge, bits) => {
  const encoder = new TextEncoder();
  for (let first = 0; ; first += BATCH) {
    const tried = Array.from({ length: BATCH }, (_, index) => `${challenge}:${first + index}`);
    const digests = await Promise.all(tried.map((text) => crypto.subtle.digest("SHA-256", encoder.encode(text))));
    const found = digests.findIndex((digest) => zeroBits(new Uint8Array(digest)) >= bits);
    if (found >= 0) return tried[found];
  }
};

for (const form of document.querySelectorAll("form[data-work]")) {
  const solved = solve(form.dataset.work, Number(form.dataset.bits));
  const send = async () => {
    form.querySelector("[data-working]").hidden = false;
    form.elements.work.value = await solved;
    form.submit();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  if (form.dataset.now) send();
}
