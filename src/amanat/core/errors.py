"""Errors that know their errcode and status; spec: client-server-api#api-standards. Absence is `None`, not an error."""

from typing import Any, ClassVar


class MatrixError(Exception):
    """An answer of refusal in the protocol's own form: `{"errcode", "error", **fields}` with `status`.

    `error` is a sentence for the developer of a client; the class's docstring is used where none is given.
    """

    errcode: ClassVar[str] = "M_UNKNOWN"
    status: ClassVar[int] = 500

    def __init__(self, error: str | None = None, **fields: Any) -> None:
        self.error = error or (self.__doc__ or "").split("\n")[0]
        self.fields = fields
        super().__init__(self.error)

    def body(self) -> dict[str, Any]:
        """Return the JSON object that the client is answered with."""
        return {"errcode": self.errcode, "error": self.error, **self.fields}


class Forbidden(MatrixError):
    """You may not do this."""

    errcode, status = "M_FORBIDDEN", 403


class MissingToken(MatrixError):
    """This request needs an access token in its Authorization header."""

    errcode, status = "M_MISSING_TOKEN", 401


class UnknownToken(MatrixError):
    """This access token is not known, or no longer."""

    errcode, status = "M_UNKNOWN_TOKEN", 401


class InteractiveAuthNeeded(MatrixError):
    """This request needs further authentication: `flows`, `params`, `session` and `completed` say which.

    It has an errcode only where a stage has failed: that of `failure`.

    Spec: client-server-api#user-interactive-authentication-api.
    """

    errcode, status = "M_UNAUTHORIZED", 401

    def __init__(self, failure: MatrixError | None = None, **fields: Any) -> None:
        super().__init__(failure.error if failure else None, **fields)
        self._failure = failure

    def body(self) -> dict[str, Any]:
        """Return what is asked for and, after a failed stage, why it failed."""
        return dict(self.fields) if self._failure is None else {**self.fields, **self._failure.body()}


class UnknownLoginType(MatrixError):
    """This server does not know that way to log in."""

    errcode, status = "M_UNKNOWN", 400


class UserDeactivated(MatrixError):
    """This account has been deactivated."""

    errcode, status = "M_USER_DEACTIVATED", 403


class UserLocked(MatrixError):
    """This account has been locked by the operator of this server."""

    errcode, status = "M_USER_LOCKED", 401

    def __init__(self, error: str | None = None) -> None:
        # spec: client-server-api#account-locking
        super().__init__(error, soft_logout=True)


class UserSuspended(MatrixError):
    """You cannot do this while your account is suspended."""

    errcode, status = "M_USER_SUSPENDED", 403


class NotJson(MatrixError):
    """The body is not JSON."""

    errcode, status = "M_NOT_JSON", 400


class BadJson(MatrixError):
    """The body is JSON, but not of the shape that this endpoint takes."""

    errcode, status = "M_BAD_JSON", 400


class InvalidParam(MatrixError):
    """A parameter has a value that this endpoint does not take."""

    errcode, status = "M_INVALID_PARAM", 400


class InvalidSignature(MatrixError):
    """A signature is missing or is not of the key that it names."""

    errcode, status = "M_INVALID_SIGNATURE", 400


class MissingParam(MatrixError):
    """A parameter that this endpoint needs is missing."""

    errcode, status = "M_MISSING_PARAM", 400


class NotFound(MatrixError):
    """There is nothing here by that name."""

    errcode, status = "M_NOT_FOUND", 404


class Unrecognized(MatrixError):
    """There is no such endpoint."""

    errcode, status = "M_UNRECOGNIZED", 404


class MethodNotAllowed(MatrixError):
    """This endpoint does not take that method."""

    errcode, status = "M_UNRECOGNIZED", 405


class LimitExceeded(MatrixError):
    """Too many requests; wait for `retry_after_ms`."""

    errcode, status = "M_LIMIT_EXCEEDED", 429


class SetElsewhere(MatrixError):
    """The server keeps this itself: it has an endpoint of its own."""

    errcode, status = "M_BAD_JSON", 405


class TooLarge(MatrixError):
    """The request is larger than this endpoint takes."""

    errcode, status = "M_TOO_LARGE", 413


class ConcurrentWrite(MatrixError):
    """Somebody else has written since: what you saw is no longer what is there."""

    errcode, status = "M_UNKNOWN", 412


class TooSlow(MatrixError):
    """The request came too slowly and was given up."""

    errcode, status = "M_UNKNOWN", 408


class UserInUse(MatrixError):
    """That user name is taken."""

    errcode, status = "M_USER_IN_USE", 400


class InvalidUsername(MatrixError):
    """That user name has characters or a length that are not allowed."""

    errcode, status = "M_INVALID_USERNAME", 400


class Exclusive(MatrixError):
    """That name belongs to somebody else."""

    errcode, status = "M_EXCLUSIVE", 400


class NotLeft(MatrixError):
    """Leave this room before you forget it."""

    errcode, status = "M_UNKNOWN", 400


class RoomInUse(MatrixError):
    """That room alias is taken."""

    errcode, status = "M_ROOM_IN_USE", 400


class AliasTaken(MatrixError):
    """That room alias points to a room already."""

    errcode, status = "M_UNKNOWN", 409


class InvalidRoomState(MatrixError):
    """The room's initial state would not be allowed by its own rules."""

    errcode, status = "M_INVALID_ROOM_STATE", 400


class UnsupportedRoomVersion(MatrixError):
    """This server does not make rooms of that version."""

    errcode, status = "M_UNSUPPORTED_ROOM_VERSION", 400


class BadAlias(MatrixError):
    """A room alias does not point to this room."""

    errcode, status = "M_BAD_ALIAS", 400


class GuestAccessForbidden(MatrixError):
    """Guests are not allowed here."""

    errcode, status = "M_GUEST_ACCESS_FORBIDDEN", 403


class UnableToGrantJoin(MatrixError):
    """Nobody in the room can let you in under its restricted join rule."""

    errcode, status = "M_UNABLE_TO_GRANT_JOIN", 400


class InviteBlocked(MatrixError):
    """This person does not take invitations."""

    errcode, status = "M_INVITE_BLOCKED", 403


class WeakPassword(MatrixError):
    """That password is too short."""

    errcode, status = "M_WEAK_PASSWORD", 400


class ProfileTooLarge(MatrixError):
    """A profile may have 64 KiB in all."""

    errcode, status = "M_PROFILE_TOO_LARGE", 400


class KeyTooLarge(MatrixError):
    """The name of a profile field may have 255 bytes."""

    errcode, status = "M_KEY_TOO_LARGE", 400


class WrongRoomKeysVersion(MatrixError):
    """The room keys are of another backup version; `current_version` is the newest."""

    errcode, status = "M_WRONG_ROOM_KEYS_VERSION", 403


class NotYetUploaded(MatrixError):
    """The content of this media has not been uploaded yet."""

    errcode, status = "M_NOT_YET_UPLOADED", 504


class CannotThumbnail(MatrixError):
    """There are no thumbnails of this file."""

    errcode, status = "M_UNKNOWN", 400


class CannotOverwriteMedia(MatrixError):
    """This media already has its content."""

    errcode, status = "M_CANNOT_OVERWRITE_MEDIA", 409


class CannotLeaveServerNoticeRoom(MatrixError):
    """This room cannot be left."""

    errcode, status = "M_CANNOT_LEAVE_SERVER_NOTICE_ROOM", 403


class ResourceLimitExceeded(MatrixError):
    """A limit of this server has been reached."""

    errcode, status = "M_RESOURCE_LIMIT_EXCEEDED", 403


class ThreepidDenied(MatrixError):
    """Third-party ids are not used on this server."""

    errcode, status = "M_THREEPID_DENIED", 403


class ServerNotTrusted(MatrixError):
    """Identity servers are not used on this server."""

    errcode, status = "M_SERVER_NOT_TRUSTED", 403


class DuplicateAnnotation(MatrixError):
    """You have reacted to this event with that key already."""

    errcode, status = "M_DUPLICATE_ANNOTATION", 400


class InternalError(MatrixError):
    """Something went wrong on the server; the log has the details under the request's id."""

    errcode, status = "M_UNKNOWN", 500
