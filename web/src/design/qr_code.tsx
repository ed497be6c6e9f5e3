/* A QR code, dark on light in every theme: many readers know no other. */

import { encode } from "uqr";

import css from "./qr_code.module.css";

/** `label` says what it is for. */
export function QrCode({ data, label }: { data: string | readonly number[]; label: string }) {
    const { data: rows, size } = encode(typeof data === "string" ? data : [...data], { ecc: "M", border: 3 });
    const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
    return (
        <svg className={css.code} role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`}>
            <path d={path} shapeRendering="crispEdges" />
        </svg>
    );
}
