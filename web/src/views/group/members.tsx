/* Who is in a group, in which role; and who has asked to be. */

import { EllipsisVertical } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { groupWords } from "../../i18n/group_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { GroupPage, GroupPageState } from "../../viewmodels/group_page.ts";
import { Face } from "../face.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./group.module.css";

type Member = GroupPageState["members"][number];

const MAKE = { owner: "makeOwner", admin: "makeAdmin", member: "makeMember" } as const;

/** Those who have asked to join. */
export function Asking({ group }: { group: GroupPage }) {
    const { members, may, busy } = useViewModel(group);
    const words = useWords(groupWords);
    const asking = members.filter(({ standing }) => standing === "asking");
    if (asking.length === 0 || !may.invite) return null;
    return (
        <section className={css.part} aria-label={words.asking}>
            <h2>{words.asking}</h2>
            <ul>
                {asking.map((each) => (
                    <li key={each.userId} className={css.member}>
                        <Face picture={each.picture} id={each.userId} name={each.name} size={40} />
                        <span className={css.grow}>{each.name}</span>
                        <Button kind="main" busy={busy} onClick={() => group.letIn(each.userId)}>
                            {words.letIn}
                        </Button>
                        {may.remove && (
                            <Button busy={busy} onClick={() => group.remove(each.userId)}>
                                {words.refuse}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
        </section>
    );
}

/** Those who are in, and those who are invited. */
export function Members({ group }: { group: GroupPage }) {
    const { members, may } = useViewModel(group);
    const words = useWords(groupWords);
    const [menuOf, setMenuOf] = useState<Member | null>(null);
    const within = members.filter(({ standing }) => standing !== "asking");
    const joined = within.filter(({ standing }) => standing === "joined").length;
    return (
        <section className={css.part} aria-label={words.members(joined)}>
            <h2>{words.members(joined)}</h2>
            <ul>
                {within.map((each) => (
                    <li key={each.userId} className={css.member}>
                        <Face picture={each.picture} id={each.userId} name={each.name} size={40} />
                        <span className={css.grow}>
                            {each.me ? `${each.name} (${words.you})` : each.name}
                            <span className={css.soft}>
                                {each.standing === "invited" ? words.invited : words[each.role]}
                            </span>
                        </span>
                        {!each.me && (may.remove || may.setRoles) && (
                            <IconButton label={words.menu(each.name)} onClick={() => setMenuOf(each)}>
                                <EllipsisVertical aria-hidden="true" />
                            </IconButton>
                        )}
                    </li>
                ))}
            </ul>
            {menuOf && <MemberMenu group={group} member={menuOf} onClose={() => setMenuOf(null)} />}
        </section>
    );
}

function MemberMenu({ group, member, onClose }: { group: GroupPage; member: Member; onClose: () => void }) {
    const { may } = useViewModel(group);
    const words = useWords(groupWords);
    const joined = member.standing === "joined";
    const act = (what: Promise<boolean>) => {
        void what;
        onClose();
    };
    return (
        <Sheet title={member.name} onClose={onClose}>
            {may.setRoles &&
                joined &&
                (["owner", "admin", "member"] as const)
                    .filter((role) => role !== member.role)
                    .map((role) => (
                        <Button key={role} wide onClick={() => act(group.setRole(member.userId, role))}>
                            {words[MAKE[role]]}
                        </Button>
                    ))}
            {may.remove && (
                <Button kind="danger" wide onClick={() => act(group.remove(member.userId))}>
                    {joined ? words.remove : words.takeBack}
                </Button>
            )}
        </Sheet>
    );
}
