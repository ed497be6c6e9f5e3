/* Who works at the desk, and what was done there. */

import { UserMinus } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { SelectField, TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { Banner, Skeleton } from "../../design/states.tsx";
import { deskStaffWords } from "../../i18n/desk_staff_words.ts";
import { deskWords } from "../../i18n/desk_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import { type Member, ROLES, type Role, type Staff } from "../viewmodels/staff.ts";
import css from "./staff.module.css";
import { Trail } from "./trail.tsx";
import { useTroubleText } from "./trouble_text.ts";

export function StaffView({ staff }: { staff: Staff }) {
    const { staff: members, trouble } = useViewModel(staff);
    const [leaving, setLeaving] = useState<Member | null>(null);
    const words = useWords(deskStaffWords);
    const troubleText = useTroubleText();
    return (
        <div className={css.page}>
            <section className={css.part} aria-label={words.title}>
                <h1>{words.title}</h1>
                {trouble && <Banner kind="danger">{troubleText(trouble)}</Banner>}
                {members === null && !trouble && <Skeleton label={words.loading} rows={3} />}
                <ul>
                    {members?.map((member) => (
                        <MemberRow
                            key={member.user_id}
                            staff={staff}
                            member={member}
                            remove={() => setLeaving(member)}
                        />
                    ))}
                </ul>
                <AddForm staff={staff} />
            </section>
            <Trail staff={staff} />
            {leaving && <Remove staff={staff} member={leaving} close={() => setLeaving(null)} />}
        </div>
    );
}

function MemberRow({ staff, member, remove }: { staff: Staff; member: Member; remove: () => void }) {
    const { busy } = useViewModel(staff);
    const words = useWords(deskStaffWords);
    const roles = useWords(deskWords);
    return (
        <li className={css.member}>
            <span className={css.who}>
                <strong>{member.name}</strong>
                <span className={css.soft}>{member.user_id}</span>
            </span>
            <select
                aria-label={words.roleOf(member.name)}
                value={member.role}
                disabled={busy}
                onChange={(event) => void staff.change(member.user_id, event.currentTarget.value as Role)}
            >
                {ROLES.map((role) => (
                    <option key={role} value={role}>
                        {roles[role]}
                    </option>
                ))}
            </select>
            <IconButton label={words.removeWho(member.name)} disabled={busy} onClick={remove}>
                <UserMinus aria-hidden="true" />
            </IconButton>
        </li>
    );
}

function AddForm({ staff }: { staff: Staff }) {
    const { busy } = useViewModel(staff);
    const [name, setName] = useState("");
    const [role, setRole] = useState<Role>("agent");
    const words = useWords(deskStaffWords);
    const roles = useWords(deskWords);
    const add = async () => {
        if (await staff.add(name, role)) setName("");
    };
    return (
        <form
            className={css.add}
            onSubmit={(event) => {
                event.preventDefault();
                void add();
            }}
        >
            <TextField
                label={words.handle}
                hint={words.handleHint}
                value={name}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                onChange={(event) => setName(event.currentTarget.value)}
            />
            <SelectField
                label={words.role}
                hint={words[`${role}About`]}
                options={ROLES}
                nameOf={(each) => roles[each]}
                chosen={role}
                choose={setRole}
            />
            <Button kind="main" type="submit" busy={busy} disabled={name.trim() === ""}>
                {words.add}
            </Button>
        </form>
    );
}

function Remove({ staff, member, close }: { staff: Staff; member: Member; close: () => void }) {
    const words = useWords(deskStaffWords);
    const remove = () => {
        close();
        void staff.remove(member.user_id);
    };
    return (
        <Sheet title={words.removeWho(member.name)} onClose={close}>
            <p>{words.removeAsk(member.name)}</p>
            <Button kind="danger" wide onClick={remove}>
                {words.remove}
            </Button>
            <Button wide onClick={close}>
                {words.cancel}
            </Button>
        </Sheet>
    );
}
