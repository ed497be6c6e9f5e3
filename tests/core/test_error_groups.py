"""Of errors that ended several tasks, one is told."""

from amanat.core.error_groups import first_error


def test_the_first_of_a_group_is_told_however_deep_it_lies() -> None:
    cause = ValueError("cause")
    assert first_error(BaseExceptionGroup("", [ExceptionGroup("", [cause, KeyError()]), KeyboardInterrupt()])) is cause
