"""Where a reader stands in a room: what of it they have read, put together from their receipts. Pure."""

from msgspec import Struct

from amanat.core.receipts import MAIN, UNTHREADED


class Standing(Struct, frozen=True):
    """How far a reader has come: by position, and in the main timeline also by its count of notifying events.

    `threads` holds the receipts that are for one thread; a receipt for the whole room is `unthreaded_position`.
    """

    main_position: int = 0
    main_notifying: int = 0
    unthreaded_position: int = 0
    threads: dict[str, int] = {}

    def moved(self, thread: str, *, position: int, main_notifying: int) -> "Standing":
        """Return where the reader stands once they have also read up to `position` in `thread`."""
        main, unthreaded, threads = self.main_position, self.unthreaded_position, self.threads
        if thread == UNTHREADED:
            unthreaded = max(unthreaded, position)
        elif thread != MAIN and position > threads.get(thread, 0):
            threads = {**threads, thread: position}
        if thread in (UNTHREADED, MAIN):
            main, main_notifying = max(main, position), max(self.main_notifying, main_notifying)
        else:
            main_notifying = self.main_notifying
        return Standing(main, main_notifying, unthreaded, threads)

    def read_upto(self, thread: str) -> int:
        """Return how far the reader has come in a thread."""
        # spec: client-server-api#marking-notifications-as-read
        return max(self.threads.get(thread, 0), self.unthreaded_position)


NOWHERE = Standing()
