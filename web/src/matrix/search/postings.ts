/* Which messages have which terms, packed into rows of bytes. Pure.
 *
 * Messages are numbered; a block is 16,384 of them. A row holds, for one block and one of 1,024 buckets of terms, the
 * messages of each term: as a list of numbers, or as one bit for each message where that is smaller. */

/** Messages in a block: a place in it has 14 bits. */
export const BLOCK = 1 << 14;
export const BUCKETS = 1 << 10;
const BITS_BYTES = BLOCK / 8;
/** Before the places of a term: itself, and how many bytes they take. */
const HEAD_BYTES = 10;

/** A set of messages of one block, a bit for each. */
export type Bits = Uint32Array<ArrayBuffer>;

/** The places of one term in a block: two bytes for each, or all bits, which is what 2,048 bytes are. */
type Places = Uint8Array<ArrayBuffer>;

/** What a row holds. Places stay as they lie in it until one of them changes. */
export type Postings = Map<bigint, Places>;

export const bucketOf = (term: bigint): number => Number(term >> 54n);

export const noBits = (): Bits => new Uint32Array(BLOCK / 32);

/** Read a row. */
export function unpack(row: Uint8Array<ArrayBuffer> | undefined): Postings {
    const postings: Postings = new Map();
    if (row === undefined) return postings;
    const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
    for (let at = 0; at < row.byteLength; ) {
        const end = at + HEAD_BYTES + view.getUint16(at + 8);
        postings.set(view.getBigUint64(at), row.subarray(at + HEAD_BYTES, end));
        at = end;
    }
    return postings;
}

/** Write a row. */
export function pack(postings: Postings): Uint8Array<ArrayBuffer> {
    let size = 0;
    for (const places of postings.values()) size += HEAD_BYTES + places.byteLength;
    const row = new Uint8Array(size);
    const view = new DataView(row.buffer);
    let at = 0;
    for (const [term, places] of postings) {
        view.setBigUint64(at, term);
        view.setUint16(at + 8, places.byteLength);
        row.set(places, at + HEAD_BYTES);
        at += HEAD_BYTES + places.byteLength;
    }
    return row;
}

/** Add some places of a term and take out others. */
export function change(postings: Postings, term: bigint, steps: readonly { place: number; there: boolean }[]): void {
    const before = postings.get(term);
    const bits = noBits();
    if (before !== undefined) addAll(before, bits);
    for (const { place, there } of steps) {
        const [index, bit] = [place >> 5, 1 << (place & 31)];
        const word = bits[index] ?? 0;
        bits[index] = there ? word | bit : word & ~bit;
    }
    const places = placesOf(bits);
    if (places.length === 0) postings.delete(term);
    else postings.set(term, packed(places, bits));
}

/** Add the places of one term in a row to a set. */
export function addPlaces(row: Uint8Array<ArrayBuffer>, term: bigint, bits: Bits): void {
    const places = unpack(row).get(term);
    if (places !== undefined) addAll(places, bits);
}

/** Return the places in a set, in their order. */
export function placesOf(bits: Bits): number[] {
    const places: number[] = [];
    for (let index = 0; index < bits.length; index++) {
        for (let left = bits[index] ?? 0; left !== 0; left &= left - 1) {
            places.push(index * 32 + 31 - Math.clz32(left & -left));
        }
    }
    return places;
}

function addAll(places: Places, bits: Bits): void {
    const view = new DataView(places.buffer, places.byteOffset, places.byteLength);
    if (places.byteLength === BITS_BYTES) {
        for (let index = 0; index < bits.length; index++) bits[index] = (bits[index] ?? 0) | view.getUint32(4 * index);
        return;
    }
    for (let at = 0; at < places.byteLength; at += 2) {
        const place = view.getUint16(at);
        bits[place >> 5] = (bits[place >> 5] ?? 0) | (1 << (place & 31));
    }
}

function packed(places: readonly number[], bits: Bits): Places {
    const listed = 2 * places.length < BITS_BYTES;
    const bytes = new Uint8Array(listed ? 2 * places.length : BITS_BYTES);
    const view = new DataView(bytes.buffer);
    if (listed) for (const [index, place] of places.entries()) view.setUint16(2 * index, place);
    else for (const [index, word] of bits.entries()) view.setUint32(4 * index, word);
    return bytes;
}
