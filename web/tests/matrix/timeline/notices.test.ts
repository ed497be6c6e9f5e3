import { type IEvent, MatrixEvent } from "matrix-js-sdk/lib/matrix";
import { expect, test } from "vitest";
import { SAID_AGAIN } from "../../../src/matrix/rooms/room_names.ts";
import { readNotice } from "../../../src/matrix/timeline/notices.ts";

const ANI = { name: "Ani", me: false };

function named(content: IEvent["content"]) {
    return readNotice(
        new MatrixEvent({ type: "m.room.name", state_key: "", sender: "@ani:a.example", content }),
        () => ANI,
    );
}

test("a name is a line, and one that is only said again is none", () => {
    expect(named({ name: "Keluarga" })).toEqual({ kind: "named", by: ANI, name: "Keluarga" });
    expect(named({})).toEqual({ kind: "named", by: ANI, name: null });
    expect(named({ name: "Keluarga", [SAID_AGAIN]: true })).toBeNull();
});
