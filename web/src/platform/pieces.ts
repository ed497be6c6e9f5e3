/* Much to be done that other threads do: handed to them a few at a time, so that this one has others to serve between. */

/** So many at a time, where each is begun in this thread and done in another. */
const AT_ONCE = 16;

/** Do something with each item, a few at a time; the results are in the order of the items. */
export async function inPieces<Item, Result>(
    items: readonly Item[],
    work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
    const results: Result[] = [];
    for (let at = 0; at < items.length; at += AT_ONCE) {
        results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
    }
    return results;
}
