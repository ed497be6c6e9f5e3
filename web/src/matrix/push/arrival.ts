/* Something that came and is to be heard of. */

import type { Body } from "../timeline/message.ts";
import { plainWords } from "../timeline/plain_words.ts";

/** Of an invitation nothing is said: it may be a stranger's. */
export type Arrival =
    | {
          kind: "message";
          roomId: string;
          eventId: string;
          chat: string;
          /** Null where the chat is with one other person. */
          sender: string | null;
          /** Null where it cannot be read (yet). */
          body: Body | null;
          loud: boolean;
      }
    /** In a locked chat: neither whose nor what is shown. */
    | { kind: "locked"; roomId: string; loud: boolean }
    | { kind: "invitation"; roomId: string };

/** A system's notification shows words alone. */
export function inALine(body: Body): Body {
    return body.kind === "text" ? { ...body, text: plainWords(body.text, body.formatted) } : body;
}
