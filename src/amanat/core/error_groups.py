"""What ended several tasks that work together. Pure."""


def first_error(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return one of the errors of a group: the others follow from it, or say the same."""
    error = group.exceptions[0]
    return first_error(error) if isinstance(error, BaseExceptionGroup) else error
