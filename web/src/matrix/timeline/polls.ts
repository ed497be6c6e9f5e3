/* A poll as it stands: what is asked, what may be answered, and how many have chosen what. */

import type { IPartialEvent } from "matrix-js-sdk/lib/@types/extensible_events";
import { M_POLL_KIND_DISCLOSED, M_POLL_START } from "matrix-js-sdk/lib/@types/polls";
import { PollResponseEvent } from "matrix-js-sdk/lib/extensible_events_v1/PollResponseEvent";
import { PollStartEvent } from "matrix-js-sdk/lib/extensible_events_v1/PollStartEvent";
import { type MatrixEvent, type Poll, PollEvent, type Room } from "matrix-js-sdk/lib/matrix";

import type { PollBody } from "./message.ts";

export function isPoll(type: string): boolean {
    return M_POLL_START.matches(type);
}

/** Keeps the votes of the polls that somebody has looked at. */
export class Polls {
    readonly #room: Room;
    readonly #me: string;
    readonly #changed: (eventId: string) => void;
    readonly #votes = new Map<string, readonly MatrixEvent[]>();
    readonly #followed = new Map<string, { poll: Poll; look: () => void }>();

    /** `changed` is told of a poll whose votes have changed. */
    constructor(room: Room, { me, changed }: { me: string; changed: (eventId: string) => void }) {
        this.#room = room;
        this.#me = me;
        this.#changed = changed;
        // js-sdk knows that something is a poll a little later than that it is a message.
        room.on(PollEvent.New, this.#noticed);
    }

    /** Read a poll; null where it makes no sense. */
    read(event: MatrixEvent): PollBody | null {
        const start = startOf(event);
        if (start === null) return null;
        const id = event.getId() ?? "";
        const poll = this.#follow(id);
        const votes = this.#count(id, start);
        const all = [...votes.values()];
        return {
            question: start.question.text,
            answers: start.answers.map((answer) => ({
                id: answer.id,
                text: answer.text,
                votes: all.filter((chosen) => chosen.includes(answer.id)).length,
                mine: votes.get(this.#me)?.includes(answer.id) ?? false,
            })),
            voters: all.length,
            choices: start.maxSelections,
            ended: poll?.isEnded ?? false,
            secret: start.kind !== M_POLL_KIND_DISCLOSED,
        };
    }

    dispose(): void {
        this.#room.off(PollEvent.New, this.#noticed);
        for (const { poll, look } of this.#followed.values()) {
            poll.off(PollEvent.Responses, look);
            poll.off(PollEvent.End, look);
        }
        this.#followed.clear();
    }

    #noticed = (poll: Poll): void => this.#changed(poll.pollId);

    /** What each person chose last. */
    #count(id: string, start: PollStartEvent): Map<string, readonly string[]> {
        const last = new Map<string, MatrixEvent>();
        for (const vote of this.#votes.get(id) ?? []) {
            const sender = vote.getSender() ?? "";
            if (vote.getTs() >= (last.get(sender)?.getTs() ?? 0)) last.set(sender, vote);
        }
        const chosen = new Map<string, readonly string[]>();
        for (const [sender, vote] of last) {
            const answers = answersOf(vote, start);
            if (answers.length > 0) chosen.set(sender, answers);
        }
        return chosen;
    }

    #follow(id: string): Poll | undefined {
        const poll = this.#room.polls.get(id);
        if (poll === undefined || this.#followed.has(id)) return poll;
        const look = async () => {
            this.#votes.set(id, (await poll.getResponses()).getRelations());
            this.#changed(id);
        };
        this.#followed.set(id, { poll, look });
        poll.on(PollEvent.Responses, look);
        poll.on(PollEvent.End, look);
        // Without a connection the votes that are here have to do.
        void look().catch(() => {});
        return poll;
    }
}

function startOf(event: MatrixEvent): PollStartEvent | null {
    try {
        return new PollStartEvent({ type: event.getType(), content: event.getContent() } as IPartialEvent<never>);
    } catch {
        return null;
    }
}

function answersOf(vote: MatrixEvent, start: PollStartEvent): readonly string[] {
    try {
        // The relation is outside the ciphertext, where js-sdk's reader does not look.
        const content = { ...vote.getContent(), "m.relates_to": vote.getRelation() };
        const read = new PollResponseEvent({ type: vote.getType(), content } as IPartialEvent<never>);
        read.validateAgainst(start);
        return read.spoiled ? [] : read.answerIds;
    } catch {
        return [];
    }
}
