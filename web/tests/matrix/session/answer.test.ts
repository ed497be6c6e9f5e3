import { expect, test } from "vitest";

import { answerIn } from "../../../src/matrix/session/answer.ts";

test("a code, a refusal, and an address that is neither", () => {
    expect(answerIn("#state=s&code=c")).toEqual({ state: "s", code: "c" });
    expect(answerIn("#state=s&error=access_denied")).toEqual({ state: "s", error: "access_denied" });
    for (const hash of ["", "#/chats/!room", "#code=c", "#state=s"]) expect(answerIn(hash)).toBeNull();
});
