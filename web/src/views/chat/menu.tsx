/* A menu beside what it belongs to; a sheet at the bottom on a phone. Arrow keys move in it, Escape and a tap beside it
 * close it, and the focus goes back. */

import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";

import css from "./menu.module.css";

/** Where it opens: at a point of the window. */
export type Point = { x: number; y: number };

export function Menu({
    label,
    at,
    onClose,
    children,
}: {
    label: string;
    at: Point;
    onClose: () => void;
    children: ReactNode;
}) {
    const menu = useRef<HTMLDivElement>(null);
    const closed = useRef(onClose);
    closed.current = onClose;
    useLayoutEffect(() => {
        const element = menu.current;
        const before = document.activeElement;
        if (element === null) return;
        element.showPopover();
        element.style.left = `${within(at.x, element.offsetWidth, innerWidth)}px`;
        element.style.top = `${within(at.y, element.offsetHeight, innerHeight)}px`;
        items(element)[0]?.focus();
        const onToggle = (event: ToggleEvent) => event.newState === "closed" && closed.current();
        element.addEventListener("toggle", onToggle);
        return () => {
            element.removeEventListener("toggle", onToggle);
            const mine = element.contains(document.activeElement) || document.activeElement === document.body;
            if (mine && before instanceof HTMLElement) before.focus();
        };
    }, [at]);
    return (
        <div
            ref={menu}
            role="menu"
            tabIndex={-1}
            aria-label={label}
            popover="auto"
            className={css.menu}
            onKeyDown={move}
        >
            {children}
        </div>
    );
}

/** One line of a menu. */
export function MenuItem({
    icon,
    danger = false,
    onClick,
    children,
}: {
    icon: ReactNode;
    danger?: boolean;
    onClick: () => void;
    children: ReactNode;
}) {
    return (
        <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={`${css.item} ${danger ? css.danger : ""}`}
            onClick={onClick}
        >
            {icon}
            {children}
        </button>
    );
}

/** One line of a menu that leads somewhere. */
export function MenuLink({
    icon,
    href,
    onGo,
    children,
}: {
    icon: ReactNode;
    href: string;
    onGo: () => void;
    children: ReactNode;
}) {
    return (
        <a role="menuitem" tabIndex={-1} className={css.item} href={href} onClick={onGo}>
            {icon}
            {children}
        </a>
    );
}

/** A row of small things before the lines. */
export function MenuRow({ label, children }: { label: string; children: ReactNode }) {
    return (
        <div role="group" aria-label={label} className={css.quick}>
            {children}
        </div>
    );
}

const EDGE_PX = 8;

function within(wanted: number, size: number, room: number): number {
    return Math.max(EDGE_PX, Math.min(wanted, room - size - EDGE_PX));
}

function items(menu: HTMLElement): HTMLElement[] {
    return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
}

function move(event: KeyboardEvent<HTMLElement>): void {
    const all = items(event.currentTarget);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const last = all.length - 1;
    const to = {
        ArrowDown: at === last ? 0 : at + 1,
        ArrowRight: at === last ? 0 : at + 1,
        ArrowUp: at <= 0 ? last : at - 1,
        ArrowLeft: at <= 0 ? last : at - 1,
        Home: 0,
        End: last,
    }[event.key];
    if (event.key === "Tab") event.currentTarget.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    all[to]?.focus();
}
