/* Whether this connection is slow or paid for by the byte, as far as the browser tells. */

type Connection = { saveData?: boolean; effectiveType?: string };

/** Say whether pictures should wait until somebody asks for them. */
export function shouldSaveData(): boolean {
    const { saveData = false, effectiveType = "4g" } = (navigator as { connection?: Connection }).connection ?? {};
    return saveData || effectiveType === "slow-2g" || effectiveType === "2g";
}
