"""Another server, which answers one request after the other on a connection, and counts connections."""

import asyncio


class Keeping:
    """Answers every request in pieces, with what it was asked; hangs up after so many, or on the one after them."""

    def __init__(self) -> None:
        self.connections = 0
        self.port = 0
        self.hangs_up_after: int | None = None
        self.hangs_up_on: int | None = None
        """Answers that many, and hangs up on the next request instead of answering it."""

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer what comes on one connection."""
        self.connections += 1
        answered = 0
        try:
            while answered != self.hangs_up_after:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = int(head.partition("content-length: ")[2].partition("\r\n")[0] or 0)
                body = await reader.readexactly(length)
                if answered == self.hangs_up_on:
                    return
                writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
                for piece in (head.partition(" http")[0].encode(), b" ", body):
                    if piece:
                        writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                writer.write(b"0\r\n\r\n")
                answered += 1
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()
